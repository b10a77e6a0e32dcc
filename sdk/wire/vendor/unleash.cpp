#include <cstdlib>

#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

constexpr std::uint32_t variant_seed = 86'028'157;

std::string group_of(const Cursor& experiment, const Cursor& parameters) {
  const auto group = parameters.gives("groupId") ? text_or_number(parameters.member("groupId")) : "";
  return group.empty() ? experiment.member("key").text() : group;
}

double percent_of(const Cursor& parameters) {
  const char* const name = parameters.gives("rollout") ? "rollout" : "percentage";
  return std::strtod(text_or_number(parameters.member(name)).c_str(), nullptr);
}

/// Everyone, unless the strategy rolls out by percentage. Whoever is outside goes to `outside`.
Step strategy_gate(const Source& source, const Cursor& strategy, Target inside, Target outside) {
  const auto name = strategy.gives("name") ? strategy.member("name").text() : "default";
  if (name != "flexibleRollout" && name != "gradualRolloutUserId" && name != "gradualRolloutSessionId")
    return {murmur_modulo("", source, 1), false, {}, inside};
  const auto parameters = strategy.member("parameters");
  const auto group = group_of(source.experiment, parameters);
  return {murmur_modulo(group + ":", source, 100), false, {{0, percent_of(parameters), inside}}, outside};
}

Step variant_choice(const Source& source, const Cursor& list, const std::string& group, Builder& builder) {
  Cumulative weights;
  list.each_element([&](const Cursor& variant) {
    weights.add(variant.member("weight").number(), builder.variant(variant.member("name")));
  });
  const auto total = static_cast<std::uint64_t>(weights.end() > 0 ? weights.end() : 1);
  return {murmur_modulo(group + ":", source, total, variant_seed), false, std::move(weights).bands(), {}};
}

bool has_variants(const Cursor& at) { return at.gives("variants") && at.member("variants").size() > 0; }

/// Two steps for each strategy, in order: its gate and its choice of a variant; the first open gate decides.
void add_strategy(const Source& source, const Cursor& strategy, Builder& builder) {
  const auto choice = builder.after_next();
  const auto next_strategy = assign::dialect::step(static_cast<std::size_t>(choice.number) + 1);
  builder.add(strategy_gate(source, strategy, choice, next_strategy));
  const auto group = strategy.gives("parameters") ? group_of(source.experiment, strategy.member("parameters"))
                                                  : source.experiment.member("key").text();
  if (has_variants(strategy))
    builder.add(variant_choice(source, strategy.member("variants"), group, builder));
  else if (has_variants(source.experiment))
    builder.add(
        variant_choice(source, source.experiment.member("variants"), source.experiment.member("key").text(), builder));
  else
    builder.add({murmur_modulo("", source, 1), false, {}, {}});
}

}  // namespace

Program unleash(const Source& source) {
  Builder builder;
  source.experiment.member("strategies").each_element([&](const Cursor& strategy) {
    add_strategy(source, strategy, builder);
  });
  const bool open = source.experiment.member("strategies").size() == 0;
  if (open && has_variants(source.experiment))
    builder.add(
        variant_choice(source, source.experiment.member("variants"), source.experiment.member("key").text(), builder));
  else
    builder.add({murmur_modulo("", source, 1), false, {}, {}});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
