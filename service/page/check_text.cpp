#include "service/page/check_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "service/judge/analyse.hpp"
#include "service/page/change_text.hpp"
#include "service/page/check_words.hpp"
#include "service/page/doubt_text.hpp"
#include "service/page/guardrail_text.hpp"
#include "service/page/looked_at.hpp"
#include "service/page/number_text.hpp"
#include "service/page/run_text.hpp"
#include "service/page/weeks_text.hpp"

namespace touchstone::page {
namespace {

using judge::Check;
using judge::CheckLevel;
using judge::Report;

std::string sign_of(CheckLevel level) {
  constexpr std::array<std::string_view, 3> signs{"✓", "!", "⛔"};
  return std::string(signs.at(static_cast<std::size_t>(level)));
}

std::string share_of(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "0 %" : decimal(100 * static_cast<double>(part) / static_cast<double>(whole), 2) + " %";
}

std::string limit_text(const Check& check) { return check.limit ? fmt::format("{:g} %", 100 * *check.limit) : "?"; }

Words srm(const Check& check, const Report& report) {
  std::vector<std::string> counts;
  std::vector<std::string> plan;
  for (const auto& variant : report.counts.variants)
    counts.push_back(fmt::format("{} {}", variant.variant, grouped(variant.analysed)));
  for (const auto& variant : report.plan.variants)
    plan.push_back(fmt::format("{:.4g} %", static_cast<double>(variant.weight) / 10'000));
  const auto chance = check.value ? chance_text(*check.value) : std::string("unknown");
  return {fine(check) ? "split as planned" : "split not as planned",
          fmt::format("Groups: {}; planned {}. Chance of so uneven a split by luck: {} (alarm below {}).",
                      fmt::join(counts, ", "), fmt::join(plan, " : "), chance, limit_text(check))};
}

std::string uneven_text(const Check& check, const Report& report) {
  if (check.level != CheckLevel::block) return {};
  std::vector<std::string> shares;
  for (const auto& variant : report.counts.variants)
    shares.push_back(fmt::format("{} {}", variant.variant, share_of(variant.crossover, variant.units)));
  return fmt::format(" That is too many or too uneven to be trusted: {}.", fmt::join(shares, ", "));
}

Words crossover(const Check& check, const Report& report) {
  const auto units = report.counts.crossover_units;
  if (units == 0) return {"no overlap", "No unit met more than one variant."};
  const bool out = report.plan.crossover == storage::Crossover::exclude;
  return {grouped(units) + " in several groups",
          fmt::format("{} units ({}) met more than one variant; they {}.{}", grouped(units),
                      share_of(units, report.counts.units),
                      out ? "are left out" : "count for the variant they met first", uneven_text(check, report))};
}

Words contradictions(const Check& check, const Report& report) {
  const auto count = report.counts.contradictions;
  if (count == 0) return {"no contradictions", "Every exposure carries what its variant should."};
  return {grouped(count) + " contradictions",
          fmt::format("{} of {} exposures ({}) carry another value than their variant should (blocks above {}).",
                      grouped(count), grouped(report.counts.exposures), share_of(count, report.counts.exposures),
                      limit_text(check))};
}

Words repeated_exposures(const Check&, const Report& report) {
  const auto count = report.counts.repeated_exposures;
  if (count == 0) return {"no repeats", "Every unit was exposed once."};
  return {grouped(count) + " repeats",
          fmt::format("{} exposures repeat a unit that was exposed before; the first one counts.", grouped(count))};
}

Words gap(const Check& check, const Report&) {
  const auto hours = decimal(check.value.value_or(0), 0);
  if (fine(check)) return {"no gap", "Exposures arrived without a gap of more than a day."};
  return {hours + " hours without exposures",
          fmt::format("For {} hours no exposure arrived; what happened then is not known.", hours)};
}

Words range(const Check& check, const Report&) {
  if (fine(check)) return {"values in range", "Every value can be added up exactly."};
  return {"values out of range", fmt::format("{} holds values too large to be added up exactly.", check.metric)};
}

std::string named(const judge::NamedUnit& unit) {
  const bool whole = unit.value == static_cast<double>(static_cast<std::int64_t>(unit.value));
  return fmt::format("{} ({}) with {}", unit.id, unit.variant, decimal(unit.value, whole ? 0 : 2));
}

Words outlier(const Check& check, const Report&) {
  if (check.units.empty()) return {"no outlier", "No single unit carries a large part of a metric's spread."};
  std::vector<std::string> names;
  for (const auto& unit : check.units) names.push_back(named(unit));
  return {"outlier in " + check.metric,
          fmt::format("{}: unit {} alone carries {} of its group's spread. Look at the result with care.", check.metric,
                      fmt::join(names, "; "), check.value ? chance_text(*check.value) : "a large part")};
}

std::string answered(const Check& check, const std::string& variant) {
  const double units = figure_of(check, "units:" + variant).value_or(0);
  const double answers = figure_of(check, "answers:" + variant).value_or(0);
  const auto share = units > 0 ? decimal(100 * answers / units, 1) + " %" : std::string("nobody");
  return fmt::format("{} {}", variant, share);
}

/// What is left of the difference where the surplus of answers is taken for the best, or for the worst.
std::string trimmed_text(const Check& check, const Report& report) {
  std::string text;
  for (const auto& variant : report.plan.variants) {
    const auto low = figure_of(check, "low:" + variant.key);
    const auto high = figure_of(check, "high:" + variant.key);
    if (low && high)
      text += fmt::format(" Among those who answer either way, {} lies between {} and {} of control.", variant.key,
                          signed_decimal(*low, 2), signed_decimal(*high, 2));
  }
  return text;
}

Words responses(const Check& check, const Report& report) {
  std::vector<std::string> rates;
  for (const auto& variant : report.plan.variants) rates.push_back(answered(check, variant.key));
  auto sentence = fmt::format("Answers for {}: {}.", check.metric, fmt::join(rates, ", "));
  if (const double beside = figure_of(check, "off_scale").value_or(0); beside > 0)
    sentence +=
        fmt::format(" {} units gave an answer that is not on the scale; it does not count.", decimal(beside, 0));
  if (fine(check)) return {"answers balanced", sentence};
  sentence += fmt::format(" Chance of so uneven a response by luck: {}. A score is of those who answer.{}",
                          chance_text(*check.value), trimmed_text(check, report));
  return {"uneven answers for " + check.metric, sentence};
}

Words pre_period(const Check& check, const Report& report) {
  std::vector<std::string> means;
  for (const auto& variant : report.plan.variants)
    if (const auto mean = figure_of(check, "mean:" + variant.key))
      means.push_back(fmt::format("{} {}", variant.key, significant(*mean, 4)));
  auto sentence = fmt::format("{} before the first exposure: {}.", check.metric, fmt::join(means, ", "));
  if (fine(check)) return {"groups alike before", sentence};
  sentence += fmt::format(
      " Chance of so large a difference by luck: {} (alarm below {}). The groups were not alike to "
      "begin with; what this history foretells is taken out of the result.",
      chance_text(*check.value), limit_text(check));
  return {"groups unlike before in " + check.metric, sentence};
}

struct Telling {
  std::string_view code;
  std::string_view subject;
  Words (*tell)(const Check&, const Report&);
};
constexpr std::array tellings{
    Telling{"srm", "split", srm},
    Telling{"crossover", "overlap", crossover},
    Telling{"contradictions", "contradictions", contradictions},
    Telling{"repeated_exposures", "repeats", repeated_exposures},
    Telling{"gap", "gaps", gap},
    Telling{"range", "range of values", range},
    Telling{"outlier", "outliers", outlier},
    Telling{"responses", "answers", responses},
    Telling{"pre_period", "groups before", pre_period},
    Telling{"slice_split", "split by slice", slice_split},
    Telling{"post_exposure", "slices", post_exposure},
    Telling{"twyman", "size of changes", twyman},
    Telling{"simpson", "totals over phases", simpson},
    Telling{"drift", "drift", drift},
    Telling{"novelty", "days after the first exposure", novelty},
    Telling{"primacy", "days after the first exposure", novelty},
    Telling{"silence", "arrival of events", silence},
    Telling{"whole_weeks", "whole weeks", whole_weeks},
    Telling{"planned_size", "planned size", planned_size},
    Telling{"mid_flight_change", "changes in mid-flight", mid_flight_change},
    Telling{"guardrails", "guardrails", guardrails},
};

/// Why there is nothing to say yet.
std::string waiting_text(const Check& check, const Report& report) {
  if (report.counts.units == 0) return "Nobody has met a variant yet.";
  if (check.code == "outlier")
    return fmt::format("No group has {} units yet; in smaller ones a single unit is no outlier.", judge::kOutlierUnits);
  if (check.code == "novelty") return "Too few units have completed the days of their window.";
  return "There is too little to look at yet.";
}

/// A check that this program has no words for still shows its code and figures.
Words unknown(const Check& check) {
  const auto value = check.value ? significant(*check.value, 3) : check.status;
  const auto limit = check.limit ? fmt::format(" (limit {:g})", *check.limit) : std::string{};
  return {check.code, fmt::format("{}: {}{}", check.code, value, limit)};
}

}  // namespace

std::vector<Check> told_checks(const Report& report) {
  std::vector<Check> told = report.checks;
  for (const Check& doubt : report.trust) {
    const bool heard = std::ranges::find(told, doubt.code, &Check::code) != told.end();
    const bool says_more = std::ranges::any_of(report.trust, [&](const Check& other) {
      return other.code == doubt.code && (!fine(other) || (looked_at(other, report) && !looked_at(doubt, report)));
    });
    const bool about_units = !doubt.attribute.empty() && doubt.metric.empty();
    if (!fine(doubt) || about_units || !(heard || says_more)) told.push_back(doubt);
  }
  told.push_back(guardrail_check(report));
  return told;
}

CheckText check_text(const Check& check, const Report& report) {
  const auto* const found = std::find_if(tellings.begin(), tellings.end(),
                                         [&](const Telling& telling) { return telling.code == check.code; });
  if (found != tellings.end() && !looked_at(check, report))
    return {"○", fmt::format("{} not looked at yet", found->subject),
            fmt::format("{}: not looked at. {}", found->subject, waiting_text(check, report)), false};
  auto words = found == tellings.end() ? unknown(check) : found->tell(check, report);
  auto sign = words.open ? std::string("○") : sign_of(check.level);
  return {std::move(sign), std::move(words.chip), std::move(words.sentence), !words.open};
}

}  // namespace touchstone::page
