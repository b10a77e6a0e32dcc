#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "service/judge/extra_sums.hpp"
#include "service/judge/measure.hpp"
#include "stats/exact_sum.hpp"

namespace touchstone::judge {

/// What the analysed units of one phase, entry tick and variant did.
struct TickCell {
  std::int64_t units = 0;
  std::vector<stats::Sums> sums;  ///< per metric, then per second amount
  ExtraSums extra{};

  friend bool operator==(const TickCell&, const TickCell&) = default;
};

/// The cells of one phase by entry tick: ticks that hold units only, about 100 bytes per tick, variant and metric.
/// Integers only: adding and retracting in any order gives the same bits.
class TickCells {
 public:
  TickCells(std::size_t variants, ExtraShape shape) : variants_(variants), shape_(std::move(shape)) {}

  /// `sign` +1 adds a unit, -1 takes it back. Adding may want memory (std::bad_alloc), and then nothing was added.
  void count(std::int64_t tick, std::size_t variant, std::span<const Amount> amounts, int sign);
  /// A tick that has units.
  [[nodiscard]] TickCell& known(std::int64_t tick, std::size_t variant) { return ticks_.at(tick)[variant]; }
  /// Another amount of a unit that is in.
  void replace(std::int64_t tick, std::size_t variant, std::size_t metric, std::int64_t from, std::int64_t to);
  /// Adds the cells of other units.
  void merge(const TickCells& other);

  using PerVariant = std::vector<TickCell>;
  [[nodiscard]] const std::map<std::int64_t, PerVariant>& ticks() const noexcept { return ticks_; }
  friend bool operator==(const TickCells&, const TickCells&) = default;

 private:
  PerVariant& at(std::int64_t tick);

  std::size_t variants_;
  ExtraShape shape_;
  std::map<std::int64_t, PerVariant> ticks_;
};

/// Adds a unit's amount to the sums, or takes it back; one that is not present leaves them as they are.
void count_amount(stats::Sums& sums, const Amount& amount, int sign) noexcept;

}  // namespace touchstone::judge
