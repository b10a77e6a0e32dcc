#include <limits>

#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

constexpr std::string_view no_variant = "__none__";

Draw bucket(const Source& source, const std::string& prefix, std::uint64_t n) {
  auto draw = murmur_modulo(prefix, source, n);
  draw.hash = Hash::sha256_64;
  return draw;
}

/// Buckets are whole numbers, so `at most t` is `below t + 1`.
Band compared(const Cursor& condition, Target to) {
  constexpr double far = std::numeric_limits<double>::infinity();
  const auto op = condition.member("operator").text();
  const double target = condition.member("target").number();
  if (op == "lt") return {0, target, to};
  if (op == "lte") return {0, target + 1, to};
  if (op == "gte") return {target, far, to};
  if (op == "gt") return {target + 1, far, to};
  condition.member("operator").is(false, "one of lt, lte, gt and gte");
  return {};
}

/// Asks about the bucket; a rule without such a condition is for everyone. Whoever fails goes to `next_rule`.
void add_condition(const Source& source, const Cursor& rule, Target next_rule, Builder& builder) {
  const bool asks = rule.gives("condition") && rule.member("condition").member("type").text() == "user_bucket";
  if (!asks) return builder.add({bucket(source, "", 1), false, {}, builder.after_next()});
  const auto condition = rule.member("condition");
  builder.add({bucket(source, condition.member("salt").text() + ".", 1000),
               false,
               {compared(condition, builder.after_next())},
               next_rule});
}

Target returned(const Cursor& rule, Builder& builder) {
  const auto value = rule.member("returnValue");
  if (value.is_null() || (value.is_text() && value.text() == no_variant)) return {};
  return builder.variant(value);
}

void add_rules(const Source& source, const Cursor& config, Target rest, Builder& builder);

/// A rule is a condition and a pass: who meets the first and fails the second gets the default at once.
void add_rule(const Source& source, const Cursor& config, const Cursor& rule, Target rest, Builder& builder) {
  const bool delegates = rule.gives("delegate");
  const auto first = static_cast<std::size_t>(builder.next().number);
  add_condition(source, rule, {}, builder);
  const auto salt = rule.member(rule.gives("salt") ? "salt" : "id").text();
  const auto given = delegates ? builder.after_next() : returned(rule, builder);
  builder.add({bucket(source, config.member("configSalt").text() + "." + salt + ".", 10'000),
               false,
               {{0, rule.member("passPercentage").number() * 100, given}},
               rest});
  if (delegates) add_rules(source, rule.member("delegate"), rest, builder);
  auto& condition = builder.step(first);
  if (condition.otherwise == Target{}) condition.otherwise = builder.next();
}

void add_rules(const Source& source, const Cursor& config, Target rest, Builder& builder) {
  config.member("rules").each_element([&](const Cursor& rule) { add_rule(source, config, rule, rest, builder); });
  builder.add({bucket(source, "", 1), false, {}, rest});
}

}  // namespace

Program statsig(const Source& source) {
  Builder builder;
  const auto rest =
      source.experiment.gives("default") ? builder.variant(source.experiment.member("default")) : Target{};
  add_rules(source, source.experiment, rest, builder);
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
