#pragma once

#include <set>
#include <string>
#include <string_view>

#include "assign/condition.hpp"
#include "assign/result.hpp"

namespace touchstone::codec {

/// The attribute under which GrowthBook's SDKs carry the id of a unit: `id` for a user, the type's key for all others.
[[nodiscard]] std::string_view growthbook_attribute(std::string_view unit_type) noexcept;

/// Says conditions in GrowthBook's language, such that its SDKs find them true of the same attributes (texts, numbers,
/// flags and lists of texts) as we do, or not at all.
class GrowthbookConditions {
 public:
  /// `segments` must outlive it.
  explicit GrowthbookConditions(const assign::Segments& segments) noexcept : segments_(&segments) {}

  /// The condition as JSON. Error invalid, whose message says what GrowthBook cannot say: moments and versions, whose
  /// order is another there, networks, patterns that two engines may read differently, and prerequisites.
  [[nodiscard]] Result<std::string> say(const assign::Condition& condition);

  /// Keys of the lists of ids that were named: its saved groups.
  [[nodiscard]] const std::set<std::string, std::less<>>& groups() const noexcept { return groups_; }

 private:
  Result<std::string> say_list(std::string_view op, const std::vector<assign::Condition>& children);
  Result<std::string> say_segment(const std::string& key);

  const assign::Segments* segments_;
  std::set<std::string, std::less<>> groups_;
};

}  // namespace touchstone::codec
