#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

/// One draw for all holdouts; who is held out gets `holdout-<id>` in place of a variant.
void add_holdout(const Source& source, const Cursor& holdout, Builder& builder) {
  const auto held = builder.variant("holdout-" + text_or_number(holdout.member("id")));
  builder.add({sha1_fraction("holdout-", source),
               true,
               {{0, holdout.member("exclusion_percentage").number() / 100, held}},
               builder.after_next()});
}

}  // namespace

Program posthog(const Source& source) {
  Builder builder;
  const auto& experiment = source.experiment;
  const auto prefix = experiment.member("key").text() + ".";
  if (experiment.gives("holdout")) add_holdout(source, experiment.member("holdout"), builder);
  if (experiment.gives("rolloutPercentage"))
    builder.add_gate(sha1_fraction(prefix, source), {{0, experiment.member("rolloutPercentage").number() / 100, {}}},
                     true);
  Cumulative shares;
  experiment.member("variants").each_element([&](const Cursor& variant) {
    shares.add(variant.member("rollout_percentage").number() / 100, builder.variant(variant.member("key")));
  });
  builder.add({sha1_fraction(prefix, source, "variant"), false, std::move(shares).bands(), {}});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
