#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "service/judge/attribution.hpp"
#include "service/judge/extra_sums.hpp"
#include "service/judge/tick_cells.hpp"
#include "service/judge/tick_clock.hpp"
#include "stats/exact_sum.hpp"
#include "storage/plan.hpp"

namespace touchstone::judge {

/// What the units of one phase and variant did.
struct Cell {
  std::int64_t units = 0;            ///< first exposed here
  std::int64_t crossover = 0;        ///< of them, those who also met another variant
  std::int64_t analysed = 0;         ///< of them, those who count in the sums
  std::vector<stats::Sums> sums;     ///< per metric, then per second amount
  std::vector<std::int64_t> beyond;  ///< likewise: units out of range
  ExtraSums extra{};

  friend bool operator==(const Cell&, const Cell&) = default;
};

/// The exact sums of an experiment. Integers only: adding in any order, or adding and retracting, gives the same bits.
struct Cells {
  struct Shape {
    std::size_t phases = 0;
    std::size_t variants = 0;
    std::size_t metrics = 0;
    storage::Crossover crossover = storage::Crossover::exclude;
    TickClock clock{};
    ExtraShape extra{.metrics = metrics, .pairs = {}, .bins = {}};

    friend bool operator==(const Shape&, const Shape&) = default;
  };
  explicit Cells(const Shape& shape);

  /// Without memory for it (std::bad_alloc) nothing is added.
  void add(const Participation& part, std::span<const Amount> amounts) { count(part, amounts, +1); }
  void retract(const Participation& part, std::span<const Amount> amounts) { count(part, amounts, -1); }
  /// What a unit that is in did since, which was exposed more often perhaps, but to no other variant.
  void change(const Participation& from, const Participation& to, std::span<const Amount> before,
              std::span<const Amount> after) noexcept;
  /// Another amount of a unit that is in, for a metric that has one amount a unit and no bins.
  void replace(const Participation& part, std::size_t metric, std::int64_t from, std::int64_t to);
  /// Adds the cells of other units; both of one shape.
  void merge(const Cells& other);

  [[nodiscard]] const Cell& at(std::size_t phase, std::size_t variant) const {
    return cells[phase * shape.variants + variant];
  }
  /// One metric of one variant over all phases.
  [[nodiscard]] stats::Sums over_phases(std::size_t variant, std::size_t metric) const;
  friend bool operator==(const Cells&, const Cells&) = default;

  Shape shape;
  std::vector<Cell> cells;
  std::int64_t exposures = 0;
  std::int64_t contradictions = 0;
  std::int64_t unattributed = 0;
  std::vector<std::map<std::int64_t, std::int64_t>>
      entries;                     ///< per phase: hour since 1970 -> units first exposed in it
  std::vector<TickCells> by_tick;  ///< per phase; without ticks where the clock does not run

 private:
  void count(const Participation& part, std::span<const Amount> amounts, int sign);
  void count_in_time(const Participation& part, std::span<const Amount> amounts, int sign);
};

/// Whether a unit's amounts count, by the plan's policy on those who met several variants.
[[nodiscard]] bool analysed(const Participation& part, storage::Crossover policy) noexcept;

}  // namespace touchstone::judge
