#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

#include "service/judge/analyse.hpp"
#include "service/judge/cells.hpp"
#include "service/simulate/random.hpp"
#include "storage/experiment.hpp"
#include "storage/metric.hpp"

namespace touchstone::simulate {

/// A part of a course with weights of its own, as a ramp has several: a phase.
struct Stage {
  double until = 1;                   ///< share of the units by whose entry it has ended
  std::vector<double> weights{1, 1};  ///< control first, in any scale
};

/// An experiment and how units come to it: evenly, one after the other, over so many hours.
struct Trial {
  storage::Experiment experiment;
  std::vector<storage::Metric> metrics;  ///< `metrics[i]` defines `experiment.plan.metrics[i]`
  std::vector<Stage> stages{{}};
  std::uint64_t units = 0;
  int hours = 500;
  std::size_t changed = 0;  ///< the metric in which a change is planted: the first goal
};

/// What a unit does is final so soon after it entered.
inline constexpr Micros kUnitWindow = std::chrono::hours(1);

/// An experiment that is judged by this plan once `units` entered: control first, a phase for each stage. The plan's
/// own horizon and tick give way to the units and their hours, and the metrics' windows to kUnitWindow, so that every
/// figure is final.
[[nodiscard]] Trial trial(storage::Plan plan, std::vector<storage::Metric> metrics, std::vector<Stage> stages,
                          std::uint64_t units, int hours = 500);

struct Entrant {
  std::uint64_t number = 0;  ///< from 0
  double when = 0;           ///< share of the units that entered before
  std::size_t variant = 0;   ///< 0: control
};
/// Fills in what a unit does: an amount per metric, then one per denominator or covariate.
using Behaviour = std::function<void(const Entrant&, Random&, std::vector<judge::Amount>&)>;

/// One run of a trial. The same randomness gives the same units, whenever it is looked at.
class Course {
 public:
  Course(const Trial& trial, const Behaviour& behaviour, Random random);

  /// Lets units enter until so many have.
  void enter(std::uint64_t units);
  [[nodiscard]] std::uint64_t entered() const noexcept { return entered_; }
  [[nodiscard]] const judge::Cells& cells() const noexcept { return cells_; }
  /// What the judge says of those who entered, once their windows have closed.
  [[nodiscard]] judge::Report report() const;

 private:
  [[nodiscard]] std::size_t variant_in(const Stage& stage);
  void enter_one();
  void sort_by_level();

  const Trial& trial_;
  const Behaviour& behaviour_;
  Random random_;
  judge::Cells cells_;
  std::uint64_t entered_ = 0;
  std::size_t stage_ = 0;
  std::vector<judge::Amount> amounts_;
};

/// Units that have entered by the end of so many hours, and the hours that have begun by the entry of so many units.
[[nodiscard]] std::uint64_t units_by(const Trial& trial, std::int64_t hours) noexcept;
[[nodiscard]] std::int64_t hours_for(const Trial& trial, std::uint64_t units) noexcept;
/// When the first unit may enter.
[[nodiscard]] Time opening() noexcept;

}  // namespace touchstone::simulate
