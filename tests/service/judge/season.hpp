#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "service/judge/analyse.hpp"
#include "service/judge/cells.hpp"
#include "service/judge/tick_clock.hpp"
#include "tests/service/judge/figures.hpp"
#include "tests/service/judge/stream.hpp"
#include "tests/stats/draws.hpp"

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

  /// A change of share is a ramp: a phase of its own from the second third on.
  [[nodiscard]] int ramp() const { return looks / 3; }
  [[nodiscard]] bool ramps() const { return share != share_before; }
  [[nodiscard]] Time end_of(int look) const { return kStart + (look + 1) * kTickWithoutEnd; }

  [[nodiscard]] std::vector<storage::Metric> metrics() const { return {metric_of(figures)}; }

  /// Judged by the always-valid default, planned for as many units as come.
  [[nodiscard]] storage::Experiment experiment() const {
    storage::Experiment made =
        arms == 3 ? judge::experiment({"a", "b", "c"}, metrics()) : judge::experiment({"a", "b"}, metrics());
    made.plan.method = {};
    made.plan.horizon.units = static_cast<std::uint64_t>(looks * users);
    if (!ramps()) return made;
    made.phases.push_back(made.phases[0]);
    made.phases[0].ended_at = made.phases[1].started_at = kStart + ramp() * kTickWithoutEnd;
    return made;
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
  Simulation(const Season& season, std::string_view name) : season_(season), draws_(seed_of(name)) {}

  Cells cells() {
    const storage::Experiment experiment = season_.experiment();
    const std::vector<storage::Metric> metrics = season_.metrics();
    Cells cells({experiment.phases.size(), experiment.variants.size(), metrics.size(), storage::Crossover::exclude,
                 tick_clock(experiment, metrics), extra_shape(metrics)});
    for (int look = 0; look < season_.looks; ++look)
      for (int i = 0; i < season_.users; ++i) enter(cells, look);
    return cells;
  }

 private:
  void enter(Cells& cells, int look) {
    const bool before = look < season_.ramp();
    Participation part;
    part.exposed_at = season_.end_of(look) - std::chrono::minutes(30);
    part.phase = season_.ramps() && !before ? 1 : 0;
    part.exposures = 1;
    part.variant = variant(before ? season_.share_before : season_.share);
    const double effect = part.variant == 0 ? 1 : season_.effect;
    const Doing doing{effect, before ? season_.rate_before : season_.rate, season_.tail, season_.lag};
    cells.add(part, drawn(season_.figures, doing, draws_));
  }

  std::uint32_t variant(double share) {
    if (draws_.uniform() >= share) return 0;
    return static_cast<std::uint32_t>(draws_.between(1, season_.arms - 1));
  }

  Season season_;
  Draws draws_;
};

}  // namespace touchstone::judge
