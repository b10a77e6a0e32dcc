#include "service/judge/definition.hpp"

#include <chrono>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace touchstone::judge {
namespace {

using storage::Aspect;
using storage::Metric;
using storage::MetricKind;
using storage::PropertyOperator;
using storage::Score;
using storage::ScoreForm;

std::string span_text(Micros span) {
  using std::chrono::duration_cast;
  const auto seconds = duration_cast<std::chrono::seconds>(span).count();
  const auto told = [](auto count, std::string_view unit) {
    return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
  };
  if (seconds % 86'400 == 0) return told(seconds / 86'400, "day");
  if (seconds % 3'600 == 0) return told(seconds / 3'600, "hour");
  return seconds % 60 == 0 ? told(seconds / 60, "minute") : told(seconds, "second");
}

std::string window_text(const storage::Window& window) {
  const bool delayed = window.delay.count() > 0;
  if (window.length && delayed)
    return fmt::format("between {} and {} after the first exposure", span_text(window.delay),
                       span_text(window.delay + *window.length));
  if (window.length) return fmt::format("within {} after the first exposure", span_text(*window.length));
  return delayed ? fmt::format("later than {} after the first exposure", span_text(window.delay))
                 : "after the first exposure";
}

std::string_view operator_text(PropertyOperator op) {
  switch (op) {
    case PropertyOperator::lt:
      return "<";
    case PropertyOperator::le:
      return "≤";
    case PropertyOperator::gt:
      return ">";
    case PropertyOperator::ge:
      return "≥";
    default:
      return "=";
  }
}

std::string test_text(const storage::PropertyTest& test) {
  if (test.op == PropertyOperator::exists) return fmt::format("{} {}", test.wanted ? "with" : "without", test.property);
  if (!test.values.empty()) return fmt::format("{} = {}", test.property, fmt::join(test.values, " or "));
  return fmt::format("{} {} {}", test.property, operator_text(test.op), test.number);
}

std::string filtered(std::string_view event, const storage::EventFilter& filter) {
  auto text = event == "*" ? std::string("any event") : std::string(event);
  for (std::size_t i = 0; i < filter.size(); ++i) text += (i == 0 ? ", where " : " and ") + test_text(filter[i]);
  return text;
}

std::string event_text(const Metric& metric) { return filtered(metric.event, metric.filter); }

std::string part_text(std::string_view event, const std::optional<std::string>& property, Aspect of,
                      const storage::EventFilter& filter) {
  if (of == Aspect::occurrence) return "number of " + filtered(event, filter);
  return fmt::format("{} of {}", property.value_or("value"), filtered(event, filter));
}

std::string own_part(const Metric& metric) {
  return part_text(metric.event, metric.property, metric.of, metric.filter);
}

/// What an amount is told for each of.
std::string below_the_line(const storage::MetricEvent& other) {
  if (other.of == Aspect::occurrence) return filtered(other.event, other.filter);
  return fmt::format("one of {} of {}", other.property.value_or("value"), filtered(other.event, other.filter));
}

std::string other_part(const storage::MetricEvent& other) {
  return part_text(other.event, other.property, other.of, other.filter);
}

Definition score_definition(const Metric& metric) {
  const Score& score = *metric.score;
  const auto answers = fmt::format("A unit's first answer ({} of {}, {} to {}) {}; only units that answered count. ",
                                   metric.property.value_or("value"), event_text(metric), score.lowest, score.highest,
                                   window_text(metric.window));
  switch (score.form) {
    case ScoreForm::nps:
      return {
          answers + "Net Promoter Score: share of promoters (9 and 10) less share of detractors (0 to 6), in points.",
          "NPS = 100 (P − D) / n, variance of an answer = 100² (p + d − (p − d)²)"};
    case ScoreForm::csat:
      return {answers + fmt::format("Satisfied is who answers {} or more.", score.top),
              fmt::format("CSAT = answers ≥ {} / n", score.top)};
    case ScoreForm::csat_mean:
      return {answers + "The mean answer; higher is more satisfied.", "mean = Σ answer / n"};
    case ScoreForm::ces:
      return {answers + fmt::format("The mean answer; {} is the least effort.",
                                    score.highest_easy ? score.highest : score.lowest),
              "CES = Σ answer / n"};
  }
  return {};
}

constexpr std::string_view ripe = " Units count once that time has passed.";

Definition funnel_definition(const Metric& metric) {
  auto steps = event_text(metric);
  for (const auto& step : metric.others) steps += ", then " + filtered(step.event, step.filter);
  return {fmt::format("Units that took all steps in this order {}: {}.{}", window_text(metric.window), steps, ripe),
          "conversion = units with the last step / n"};
}

Definition churn_definition(const Metric& metric) {
  const auto what = metric.by_inactivity ? "Lost is a unit without {} {}.{}" : "Lost is a unit with {} {}.{}";
  return {fmt::format(fmt::runtime(what), event_text(metric), window_text(metric.window), ripe),
          "churn = lost units / n"};
}

/// The end of a sentence about an amount.
std::string cap_text(const Metric& metric) {
  if (metric.cap) return fmt::format("; at most {:g} a unit", *metric.cap);
  if (!metric.pooled_cap) return {};
  return fmt::format("; a unit adds at most the amount that {:g} % of all units{}, of all arms together, do not exceed",
                     metric.pooled_cap->percentile,
                     metric.pooled_cap->ignore_zeros ? " with an amount other than 0" : "");
}

bool capped(const Metric& metric) { return metric.cap || metric.pooled_cap; }

std::string formula_of(std::string_view figure, const Metric& metric, std::string_view amount) {
  auto text = fmt::format("{} = Σ min({}, cap) / n", figure, amount);
  if (metric.pooled_cap)
    text +=
        fmt::format(", cap = amount of rank ⌈{:g} N / 100⌉ among {} units of all arms", metric.pooled_cap->percentile,
                    metric.pooled_cap->ignore_zeros ? "the N with an amount other than 0 of the" : "the N");
  return text;
}

Definition value_definition(const Metric& metric) {
  auto words = fmt::format("Value of a unit {}: {}", window_text(metric.window), own_part(metric));
  for (const auto& less : metric.others) words += ", less " + other_part(less);
  words += cap_text(metric);
  return {words + "." + std::string(ripe),
          capped(metric) ? formula_of("value", metric, "value of a unit") : "value = Σ value of a unit / n"};
}

Definition usual_definition(const Metric& metric) {
  if (metric.filter.empty() && !capped(metric) && !metric.covariate) return {};
  auto words = fmt::format("Counts {} {}", event_text(metric), window_text(metric.window));
  words += cap_text(metric);
  return {words + ".", capped(metric) ? formula_of("mean", metric, "amount of a unit") : ""};
}

/// The share is told in percent: .9 is 90 %.
Definition quantile_definition(const Metric& metric) {
  return {
      fmt::format("What {:g} % of all events of an arm do not exceed: {} {}. Every event counts; the error is that of "
                  "units, whose events are alike.",
                  100 * *metric.quantile, own_part(metric), window_text(metric.window)),
      fmt::format(
          "Q = smallest value with F(value) ≥ {0:g}, F the share of events, phases weighted alike in both arms; "
          "limits at F = {0:g} ± t se(F), se over units",
          *metric.quantile)};
}

Definition unadjusted(const Metric& metric) {
  switch (metric.kind) {
    case MetricKind::score:
      return score_definition(metric);
    case MetricKind::retention:
      return {fmt::format("Units with {} {}.{}", event_text(metric), window_text(metric.window), ripe),
              "retention = active units / n"};
    case MetricKind::churn:
      return churn_definition(metric);
    case MetricKind::ratio:
      return {fmt::format("Over all units of an arm, {}: {}, for each {}.", window_text(metric.window),
                          own_part(metric), below_the_line(metric.others.front())),
              "R = Σ y / Σ x, variance by the delta method over units"};
    case MetricKind::funnel:
      return funnel_definition(metric);
    case MetricKind::duration:
      return {fmt::format("Seconds from the first exposure to the first {}; who has none counts as {}.{}",
                          event_text(metric), span_text(metric.window.delay + *metric.window.length), ripe),
              "mean = Σ min(time to the event, end of the window) / n"};
    case MetricKind::first_value:
    case MetricKind::last_value:
      return {fmt::format("The {} {} {}; only units that have one count.",
                          metric.kind == MetricKind::first_value ? "first" : "last", own_part(metric),
                          window_text(metric.window)),
              "mean = Σ value / n"};
    case MetricKind::lifetime_value:
      return value_definition(metric);
    case MetricKind::quantile:
      return quantile_definition(metric);
    default:
      return usual_definition(metric);
  }
}

}  // namespace

Definition definition(const Metric& metric) {
  Definition made = unadjusted(metric);
  if (!metric.covariate) return made;
  made.words +=
      fmt::format(" What the same figure of a unit in the {} before its first exposure foretells is taken out (CUPED).",
                  span_text(*metric.covariate));
  if (made.formula.empty()) made.formula = "mean = Σ amount of a unit / n";
  made.formula += ", each less θ (x − mean x)";
  return made;
}

}  // namespace touchstone::judge
