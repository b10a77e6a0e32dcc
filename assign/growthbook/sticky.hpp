#pragma once

#include <map>
#include <string>
#include <string_view>

#include "assign/json.hpp"

namespace touchstone::assign::growthbook {

/// The variations that one value of one attribute met before: keys "experiment__bucketVersion", values variation keys.
struct StickyDocument {
  std::string attribute;
  std::string value;
  std::map<std::string, std::string, std::less<>> assignments;

  friend bool operator==(const StickyDocument&, const StickyDocument&) = default;
};

/// Documents by "attribute||value".
using StickyDocuments = std::map<std::string, StickyDocument, std::less<>>;

[[nodiscard]] std::string sticky_key(std::string_view attribute, std::string_view value);

/// What a sticky bucket says about an experiment.
struct StickyBucket {
  std::string variation;  ///< key; empty: none
  bool blocked = false;   ///< the unit met a version that the experiment no longer accepts
};

/// `experiment` as GrowthBook writes it (key, bucketVersion, minBucketVersion). Assignments of the hash attribute count
/// before those of the fallback attribute; either may be empty.
[[nodiscard]] StickyBucket find_bucket(const StickyDocuments& documents, const Json& experiment,
                                       std::string_view hash_document, std::string_view fallback_document);

/// Writes down that the value met the variation.
void keep_bucket(StickyDocuments& documents, const Json& experiment, std::string_view attribute, std::string_view value,
                 std::string_view variation);

}  // namespace touchstone::assign::growthbook
