#include <charconv>
#include <cstdint>
#include <limits>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

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
std::vector<Band> compared(const Cursor& condition, const std::string& op, Target to) {
  constexpr double far = std::numeric_limits<double>::infinity();
  const double target = condition.member("target").number();
  if (op == "lt") return {{0, target, to}};
  if (op == "lte") return {{0, target + 1, to}};
  if (op == "gte") return {{target, far, to}};
  if (op == "gt") return {{target + 1, far, to}};
  condition.member("operator").is(false, "one of lt, lte, gt, gte, any and none");
  return {};
}

/// Listed buckets are numbers or their digits.
std::vector<Band> listed(const Cursor& condition, Target to) {
  std::vector<Band> bands;
  condition.member("target").each_element([&](const Cursor& bucket) {
    const auto digits = text_or_number(bucket);
    double place = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), place);
    if (bucket.is(error == std::errc{} && end == digits.data() + digits.size(), "the number of a bucket"))
      bands.push_back({place, place + 1, to});
  });
  return bands;
}

/// Whoever the condition holds of goes on, everyone else to `next_rule`.
void add_condition(const Source& source, const Cursor& condition, Target next_rule, Builder& builder) {
  auto draw = bucket(source, condition.member("salt").text() + ".", 1000);
  const auto op = condition.member("operator").text();
  const auto on = builder.after_next();
  if (op == "any") return builder.add({std::move(draw), false, listed(condition, on), next_rule});
  if (op == "none") return builder.add({std::move(draw), false, listed(condition, next_rule), on});
  builder.add({std::move(draw), false, compared(condition, op, on), next_rule});
}

/// Every rule has one step or more; one that asks for no bucket is for everyone.
void add_conditions(const Source& source, const Cursor& rule, Target next_rule, Builder& builder) {
  const bool asks = rule.gives("condition") && rule.member("condition").member("type").text() == "user_bucket";
  if (asks) return add_condition(source, rule.member("condition"), next_rule, builder);
  const auto several = rule.gives("conditions") ? rule.member("conditions").elements() : std::vector<Cursor>{};
  for (const auto& condition : several) add_condition(source, condition, next_rule, builder);
  if (several.empty()) builder.add({bucket(source, "", 1), false, {}, builder.after_next()});
}

Target returned(const Cursor& rule, Builder& builder) {
  const auto value = rule.member("returnValue");
  if (value.is_null() || (value.is_text() && value.text() == no_variant)) return {};
  return builder.variant(value);
}

void add_rules(const Source& source, const Cursor& config, Target rest, Builder& builder);

/// Stands for the rule that follows while that has no place yet.
constexpr Target next_rule{Target::Kind::step, std::numeric_limits<std::int64_t>::max()};

/// Who meets the conditions and fails the pass gets the default at once. A delegate decides in place of the pass.
void add_outcome(const Source& source, const Cursor& config, const Cursor& rule, Target rest, Builder& builder) {
  if (rule.gives("delegate")) {
    const auto delegate = rule.member("delegate");
    return add_rules(source, delegate, delegate.gives("default") ? builder.variant(delegate.member("default")) : rest,
                     builder);
  }
  const auto salt = rule.member(rule.gives("salt") ? "salt" : "id").text();
  builder.add({bucket(source, config.member("configSalt").text() + "." + salt + ".", 10'000),
               false,
               {{0, rule.member("passPercentage").number() * 100, returned(rule, builder)}},
               rest});
}

void add_rule(const Source& source, const Cursor& config, const Cursor& rule, Target rest, Builder& builder) {
  const auto first = static_cast<std::size_t>(builder.next().number);
  add_conditions(source, rule, next_rule, builder);
  const auto conditions_end = static_cast<std::size_t>(builder.next().number);
  add_outcome(source, config, rule, rest, builder);
  for (auto number = first; number < conditions_end; ++number) {
    auto& step = builder.step(number);
    if (step.otherwise == next_rule) step.otherwise = builder.next();
    for (auto& band : step.bands)
      if (band.to == next_rule) band.to = builder.next();
  }
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
