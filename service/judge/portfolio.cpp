#include "service/judge/portfolio.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "service/judge/past_effects.hpp"
#include "stats/fixed/proportion.hpp"

namespace touchstone::judge {
namespace {

constexpr double kAlpha = 0.05;
constexpr int kMostMonths = 120;

/// Of what has ended; verdicts without an experiment are left out.
void count_verdicts(Portfolio& of, std::span<const PastExperiment> experiments) {
  std::map<std::string, std::uint64_t> verdicts;
  for (const auto& past : experiments) {
    if (!past.ended || !past.report) continue;
    const auto& code = past.report->verdict.code;
    ++verdicts[code];
    if (code == "do_not_trust" || code == "no_data") continue;
    ++of.judged;
    if (code == "ship" || code == "ship_with_care") ++of.wins;
  }
  for (auto& [code, count] : verdicts) of.verdicts.push_back({code, count});
  std::ranges::stable_sort(of.verdicts, std::ranges::greater{}, &VerdictCount::experiments);
  if (of.judged == 0) return;
  const auto share = stats::wilson({static_cast<std::int64_t>(of.wins), static_cast<std::int64_t>(of.judged)}, kAlpha);
  of.win_rate = Lift{static_cast<double>(of.wins) / static_cast<double>(of.judged), share.low, share.high};
}

/// Months since the year 0.
int month_of(Time time) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
  return static_cast<int>(day.year()) * 12 + static_cast<int>(static_cast<unsigned>(day.month())) - 1;
}

void count_months(Portfolio& of, std::span<const PastExperiment> experiments, Time now) {
  std::map<int, Month> months;
  for (const auto& past : experiments) {
    ++months[month_of(past.started)].started;
    if (past.ended) ++months[month_of(*past.ended)].ended;
  }
  if (months.empty()) return;
  const int first = months.begin()->first;
  const int last = std::max(month_of(now), months.rbegin()->first);
  of.per_month = static_cast<double>(of.experiments) / (last - first + 1);
  for (int month = std::max(first, last - kMostMonths + 1); month <= last; ++month) {
    Month& entry = of.months.emplace_back(months[month]);
    entry.month = fmt::format("{:04}-{:02}", month / 12, month % 12 + 1);
  }
}

}  // namespace

Portfolio portfolio(std::span<const PastExperiment> experiments, Time now) {
  Portfolio result;
  result.experiments = experiments.size();
  result.ended = static_cast<std::uint64_t>(
      std::ranges::count_if(experiments, [](const PastExperiment& past) { return past.ended.has_value(); }));
  result.running = result.experiments - result.ended;
  count_verdicts(result, experiments);
  count_months(result, experiments, now);
  compare_past(result, experiments);
  return result;
}

std::string explanation(const Portfolio& portfolio) {
  const auto& prior = portfolio.prior;
  if (prior.status == "insufficient_data" || prior.status == "no_data")
    return fmt::format(
        "Believed figures need four comparisons with a relative change; there {} {}. What was measured stands alone, "
        "and what was chosen because it looked good is probably smaller than it looks.",
        prior.effects == 1 ? "is" : "are", prior.effects);
  if (!prior.mean || !prior.spread) return "The changes cannot be compared, so nothing is shrunken.";
  return fmt::format(
      "What looked best was partly lucky, so a choice among measured changes is too large on average. Each is drawn "
      "towards the mean of all {} comparisons, {:+.1f} %, the more so the less is known of it; their true changes are "
      "taken to differ by about {:.1f} %.",
      prior.effects, 100 * prior.mean->estimate, 100 * std::expm1(*prior.spread));
}

}  // namespace touchstone::judge
