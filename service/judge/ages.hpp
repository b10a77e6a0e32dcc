#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "service/judge/attribution.hpp"
#include "service/judge/cells.hpp"
#include "stats/fixed/ratio.hpp"
#include "storage/metric.hpp"

namespace touchstone::judge {

/// A window shows a course over days if it has that many whole ones ...
inline constexpr int kFewestDays = 3;
/// ... of which the first are looked at.
inline constexpr int kMostDays = 90;
/// The days since the window opened that are looked at; 0 where there is no course: of kinds other than proportion,
/// count and sum, of windows without an end, and with a cap by percentile, which belongs to the whole.
[[nodiscard]] int days_looked_at(const storage::Metric& metric) noexcept;

/// What units did day by day, added up exactly.
struct AgeSums {
  std::int64_t units = 0;    ///< who could do something
  std::int64_t beyond = 0;   ///< of them, those out of range: they are in no sum
  stats::RatioSums sums{};   ///< of those who did something: y is sum of day x amount, x the amount
  stats::Int128 second = 0;  ///< sum of day^2 x amount

  void merge(const AgeSums& other) noexcept;
  friend bool operator==(const AgeSums&, const AgeSums&) = default;
};

/// Of one metric, the units who have completed all days: so each day is of the same units.
struct Aged {
  std::size_t metric = 0;     ///< index into the plan's metrics
  int days = 0;               ///< that are looked at
  std::vector<AgeSums> sums;  ///< by phase, then variant

  friend bool operator==(const Aged&, const Aged&) = default;
};

/// What further events changed of it: which of the metrics that are looked at, and what a unit has to tell now.
using AgeChange = std::pair<std::size_t, ByAge>;

/// The analysed units of an experiment by the UTC day of their entry. 4 bytes for each unit and metric that is looked
/// at, 32 more if it did something, and some 300 for each day, arm and such metric. Integers only, as the cells.
class AgeCells {
 public:
  AgeCells(std::span<const storage::Metric> metrics, const Cells::Shape& shape);

  /// What a unit has to tell: one of each metric that is looked at, in their order.
  [[nodiscard]] std::vector<ByAge> of(const Question& question, const Names& names, const Participation& part,
                                      const Timeline& timeline) const;
  /// Units are told apart by slots, which must be held.
  void hold(std::size_t slots);
  /// Without memory for it (std::bad_alloc) nothing is added.
  void add(std::uint32_t slot, const Participation& part, std::span<const ByAge> ages);
  void retract(std::uint32_t slot, const Participation& part);

  /// What `news`, further events, change of a unit that is in, one metric at most once. False where all of its events
  /// must be looked at.
  [[nodiscard]] bool follow(const Question& question, const Names& names, std::uint32_t slot, const Participation& part,
                            const Timeline& news, std::vector<AgeChange>& changes) const;
  /// Without memory for it (std::bad_alloc) nothing changes.
  void change(std::uint32_t slot, const Participation& part, std::span<const AgeChange> changes);

  /// By `now`, the clock of the data.
  [[nodiscard]] std::vector<Aged> completed(std::optional<Time> now) const;

 private:
  struct Looked {
    std::size_t metric = 0;
    int days = 0;
    Micros delay{0};
    std::vector<std::uint32_t> places{};  ///< per slot: in told_; 0 = the unit did nothing
  };
  using Entry = std::pair<std::uint32_t, std::int64_t>;  ///< phase and day
  [[nodiscard]] bool counts(const Participation& part) const noexcept;
  [[nodiscard]] std::vector<AgeSums>& row(const Participation& part);
  void make_room(std::size_t more);
  void set(std::uint32_t& place, const ByAge& age) noexcept;
  [[nodiscard]] std::uint32_t take_place() noexcept;

  Cells::Shape shape_;
  std::vector<Looked> looked_;
  std::vector<ByAge> told_{1};                  ///< by place, and what of nothing is told
  std::vector<std::uint32_t> free_;             ///< with room for every place
  std::map<Entry, std::vector<AgeSums>> rows_;  ///< by metric that is looked at, then variant
};

}  // namespace touchstone::judge
