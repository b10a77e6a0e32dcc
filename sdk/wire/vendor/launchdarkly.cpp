#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

constexpr double whole = 100'000;

/// A seed of 0 counts as none in the JavaScript SDK.
std::string prefix_of(const Cursor& experiment) {
  if (experiment.gives("seed") && experiment.member("seed").integer() != 0)
    return std::to_string(experiment.member("seed").integer()) + ".";
  return experiment.member("key").text() + "." + experiment.member("salt").text() + ".";
}

Target variation_of(const Cursor& experiment, const Cursor& share, Builder& builder) {
  const auto variations = experiment.member("variations");
  const auto number = share.member("variation").small();
  if (!share.is(number < variations.size(), "the number of a variation")) return {};
  return builder.variant(variations.element(number));
}

}  // namespace

/// The last variation catches what rounding leaves over. Shares marked untracked are served like the others.
Program launchdarkly(const Source& source) {
  Builder builder;
  Cumulative shares;
  Target last;
  source.experiment.member("rollout").each_element([&](const Cursor& share) {
    last = variation_of(source.experiment, share, builder);
    shares.add(share.member("weight").number() / whole, last);
  });
  builder.add({sha1_fraction(prefix_of(source.experiment), source), false, std::move(shares).bands(), last});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
