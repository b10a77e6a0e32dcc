#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "service/cli/simulation_json.hpp"
#include "service/page/number_text.hpp"

namespace touchstone::cli {
namespace {

using simulate::Average;
using simulate::Summary;

std::string count(double units) { return page::grouped(static_cast<std::uint64_t>(std::llround(units))); }

std::string number(double value) { return page::significant(value, 4); }

/// "4.7 % (se 0.7)". No standard error can be had from none, or from all, of them.
std::string share(const Average& figure, std::uint64_t repetitions) {
  if (figure.mean == 0) return fmt::format("none of {}", page::grouped(repetitions));
  return fmt::format("{} % (se {})", page::decimal(100 * figure.mean, 1), page::decimal(100 * figure.se, 1));
}

std::string units(const Simulated& simulated, const Summary& summary) {
  auto text = fmt::format("{} units (se {})", count(summary.units.mean), count(summary.units.se));
  if (simulated.units_per_day)
    text.append(fmt::format(", {} days", page::decimal(summary.units.mean / *simulated.units_per_day, 1)));
  return text;
}

/// The most frequent first.
std::string verdicts(const Summary& summary, std::uint64_t repetitions) {
  std::vector<std::pair<std::string, std::uint64_t>> all(summary.verdicts.begin(), summary.verdicts.end());
  std::ranges::stable_sort(all, std::ranges::greater{}, [](const auto& each) { return each.second; });
  std::string text;
  for (const auto& [verdict, courses] : all)
    text.append(fmt::format("{}{} {} %", text.empty() ? "" : ", ", verdict,
                            page::decimal(100 * static_cast<double>(courses) / static_cast<double>(repetitions), 1)));
  return text;
}

std::string planned(const Simulated& simulated) {
  const simulate::Trial& trial = simulated.trial;
  const auto& plan = trial.experiment.plan;
  auto text = fmt::format("plan        {} units, {} variants, {}, alpha {} %; ", page::grouped(trial.units),
                          trial.experiment.variants.size(), plan.method.id, number(100 * plan.alpha));
  text.append(simulated.source == "past" ? "units of the past" : fmt::format("mean {}", number(simulated.mean)));
  if (trial.stages.size() > 1) text.append(fmt::format("; {} phases", trial.stages.size()));
  return text + "\n";
}

std::string found(const Simulated& simulated, const SimulationResult& result) {
  const Summary& changed = *result.changed;
  auto text = fmt::format("\nif the mean goes from {} to {}\n", number(simulated.mean),
                          number(simulated.mean + simulated.difference));
  text += fmt::format("found       in {}{}\n", share(changed.found, result.repetitions),
                      simulated.power_asked > 0 ? fmt::format("; planned for {} %", number(100 * simulated.power_asked))
                                                : std::string());
  text += fmt::format("wrong way   {}\n", share(changed.wrong_sign, result.repetitions));
  text += fmt::format("takes       {}\n", units(simulated, changed));
  text += fmt::format("verdicts    {}\n", verdicts(changed, result.repetitions));
  return text;
}

}  // namespace

std::string simulation_text(const Simulated& simulated, const SimulationResult& result) {
  auto text = planned(simulated);
  text += fmt::format("played      {} times, seed {}\n", page::grouped(result.repetitions), result.seed);
  text += "\nif nothing changes\n";
  text += fmt::format("false alarm in {}\n", share(result.same.claimed, result.repetitions));
  text += fmt::format("takes       {}\n", units(simulated, result.same));
  text += fmt::format("verdicts    {}\n", verdicts(result.same, result.repetitions));
  if (result.peeking)
    text += fmt::format("peeking     stopping at the first p below alpha, {} looks, is wrong in {}\n", result.looks,
                        share(*result.peeking, result.repetitions));
  if (result.changed) text += found(simulated, result);
  return text;
}

}  // namespace touchstone::cli
