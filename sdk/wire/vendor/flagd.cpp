#include <algorithm>

#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

constexpr double largest_signed = 2147483647;

bool asks_flag_key(const Cursor& experiment) {
  return !experiment.gives("bucketBy") || experiment.member("bucketBy").text() == "flagKey+targetingKey";
}

double weight_of(const Cursor& bucket) { return bucket.size() > 1 ? bucket.element(1).number() : 1; }

}  // namespace

/// Version 1 counts in percent of the largest signed number; today's version multiplies by the sum of all weights.
Program flagd(const Source& source) {
  Builder builder;
  Cumulative weights;
  source.experiment.member("buckets").each_element([&](const Cursor& bucket) {
    if (!bucket.is(bucket.is_list() && bucket.size() > 0, "a variant with its weight")) return;
    weights.add(weight_of(bucket), builder.variant(bucket.element(0)));
  });
  auto draw = murmur_modulo(asks_flag_key(source.experiment) ? source.experiment.member("key").text() : "", source,
                            static_cast<std::uint64_t>(std::max(weights.end(), 1.0)));
  draw.reduction = Reduction::scaled;
  if (source.algorithm.ends_with("-v1")) {
    draw.reduction = Reduction::signed_fraction;
    draw.divisor = largest_signed;
    draw.factor = weights.end();
  }
  builder.add({std::move(draw), false, std::move(weights).bands(), {}});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
