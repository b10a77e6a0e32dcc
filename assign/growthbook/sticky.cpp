#include "assign/growthbook/sticky.hpp"

#include <cstdint>

#include "assign/growthbook/javascript.hpp"

namespace touchstone::assign::growthbook {
namespace {

std::int64_t whole(const Json& experiment, std::string_view name) {
  const auto* member = experiment.member(name);
  const auto* number = member == nullptr ? nullptr : member->number();
  return number == nullptr ? 0 : static_cast<std::int64_t>(*number);
}

std::string assignment_key(const Json& experiment, std::int64_t version) {
  const auto* key = experiment.member("key");
  return (key == nullptr ? std::string() : to_text(*key)) + "__" + std::to_string(version);
}

const std::string* assignment(const StickyDocuments& documents, std::string_view document, std::string_view key) {
  const auto found = documents.find(document);
  if (found == documents.end()) return nullptr;
  const auto entry = found->second.assignments.find(key);
  return entry == found->second.assignments.end() ? nullptr : &entry->second;
}

}  // namespace

std::string sticky_key(std::string_view attribute, std::string_view value) {
  std::string key(attribute);
  key.append("||").append(value);
  return key;
}

StickyBucket find_bucket(const StickyDocuments& documents, const Json& experiment, std::string_view hash_document,
                         std::string_view fallback_document) {
  const auto met = [&](std::int64_t version) {
    const auto key = assignment_key(experiment, version);
    const auto* own = assignment(documents, hash_document, key);
    return own != nullptr ? own : assignment(documents, fallback_document, key);
  };
  const auto oldest = whole(experiment, "minBucketVersion");
  for (std::int64_t version = 0; version < oldest; ++version)
    if (met(version) != nullptr) return {"", true};
  const auto* variation = met(whole(experiment, "bucketVersion"));
  return {variation == nullptr ? "" : *variation, false};
}

void keep_bucket(StickyDocuments& documents, const Json& experiment, std::string_view attribute, std::string_view value,
                 std::string_view variation) {
  auto& document = documents[sticky_key(attribute, value)];
  document.attribute = attribute;
  document.value = value;
  document.assignments.insert_or_assign(assignment_key(experiment, whole(experiment, "bucketVersion")),
                                        std::string(variation));
}

}  // namespace touchstone::assign::growthbook
