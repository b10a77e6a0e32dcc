#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "service/judge/analyse.hpp"
#include "service/judge/cells.hpp"
#include "service/judge/tick_clock.hpp"
#include "service/simulate/course.hpp"
#include "tests/service/judge/figures.hpp"
#include "tests/service/judge/stream.hpp"

namespace touchstone::judge {

/// A simulated experiment of one metric: `looks` hours with `users` new units each. The figures of the treatments are
/// those of control times `effect`.
struct Season {
  int looks = 50;
  int users = 60;
  int arms = 2;
  Figures figures = Figures::conversions;
  double rate = 0.1;         ///< who converts; the last hours' rate where it moves
  double rate_before = 0.1;  ///< the first hours'
  double share = 0.5;        ///< of units that enter the treatments; the last hours' where it moves
  double share_before = 0.5;
  double effect = 1;
  double tail = 1.5;  ///< sigma of lognormal values
  double lag = 0;     ///< mean hours until a conversion; those beyond the window do not count
  storage::MethodRef method{};
  bool blind = false;  ///< what was before is left out

  /// A change of share is a ramp: a phase of its own from the second third on.
  [[nodiscard]] int ramp() const { return looks / 3; }
  [[nodiscard]] Time end_of(int look) const { return kStart + (look + 1) * kTickWithoutEnd; }

  /// Planned for as many units as come.
  [[nodiscard]] simulate::Trial trial() const {
    std::vector<simulate::Stage> stages{{1, weights(share)}};
    if (share != share_before) stages.insert(stages.begin(), {part(), weights(share_before)});
    storage::Plan plan;
    plan.method = method;
    storage::Metric asked = metric_of(figures);
    if (blind) asked.covariate.reset();
    plan.metrics.push_back({asked.key, 1, storage::MetricRole::goal, {}});
    return simulate::trial(plan, {asked}, stages, static_cast<std::uint64_t>(looks) * static_cast<std::uint64_t>(users),
                           looks);
  }
  [[nodiscard]] std::vector<storage::Metric> metrics() const { return trial().metrics; }
  [[nodiscard]] storage::Experiment experiment() const { return trial().experiment; }

  [[nodiscard]] simulate::Behaviour behaviour() const {
    return [season = *this](const simulate::Entrant& who, simulate::Random& random, std::vector<Amount>& amounts) {
      const double at = who.when < season.part() ? season.rate_before : season.rate;
      amounts = drawn(season.figures, {who.variant == 0 ? 1 : season.effect, at, season.tail, season.lag}, random);
      if (season.blind) amounts.resize(1);
    };
  }

 private:
  [[nodiscard]] double part() const { return static_cast<double>(ramp()) / looks; }
  [[nodiscard]] std::vector<double> weights(double of_treatments) const {
    std::vector<double> all(static_cast<std::size_t>(arms), of_treatments / (arms - 1));
    all.front() = 1 - of_treatments;
    return all;
  }
};

/// FNV-1a.
inline std::uint64_t seed_of(std::string_view name) {
  std::uint64_t seed = 0xCBF29CE484222325U;
  for (const char c : name) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return seed;
}

/// One course of such an experiment; its seed derives from its name.
class Simulation {
 public:
  Simulation(const Season& season, std::string_view name)
      : trial_(season.trial()), behaviour_(season.behaviour()), random_(seed_of(name)) {}

  [[nodiscard]] Cells cells() const {
    simulate::Course course(trial_, behaviour_, random_);
    course.enter(trial_.units);
    return course.cells();
  }

 private:
  simulate::Trial trial_;
  simulate::Behaviour behaviour_;
  simulate::Random random_;
};

}  // namespace touchstone::judge
