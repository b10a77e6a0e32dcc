#include <algorithm>

#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

/// A percentage of [0, 100): exactly 100 is drawn again.
Draw percentage(const Source& source, const std::string& key, const std::string& identity_prefix) {
  Draw draw;
  draw.prefix = key + "," + identity_prefix;
  draw.hash = Hash::md5;
  draw.encoding = source.encoding;
  draw.n = 9999;
  draw.divisor = 9998;
  draw.factor = 100;
  draw.again_at = 100;
  return draw;
}

double priority_of(const Cursor& variant) {
  return variant.gives("priority") ? variant.member("priority").number() : 0;
}

std::vector<Cursor> by_priority(const Cursor& list) {
  std::vector<Cursor> variants;
  list.each_element([&](const Cursor& variant) { variants.push_back(variant); });
  std::stable_sort(variants.begin(), variants.end(),
                   [](const Cursor& a, const Cursor& b) { return priority_of(a) < priority_of(b); });
  return variants;
}

}  // namespace

Program flagsmith(const Source& source) {
  Builder builder;
  const auto& experiment = source.experiment;
  const auto identity = experiment.gives("identityKeyPrefix") ? experiment.member("identityKeyPrefix").text() : "";
  if (experiment.gives("segments"))
    experiment.member("segments").each_element([&](const Cursor& segment) {
      builder.add_gate(percentage(source, text_or_number(segment.member("key")), identity),
                       {{0, segment.member("percentage").number(), {}}}, true);
    });
  Cumulative shares;
  for (const auto& variant : by_priority(experiment.member("variants")))
    shares.add(variant.member("weight").number(), builder.variant(variant.member("value")));
  builder.add({percentage(source, text_or_number(experiment.member("featureKey")), identity),
               false,
               std::move(shares).bands(),
               {}});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
