#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/judge/names.hpp"
#include "service/judge/timeline.hpp"
#include "storage/metric.hpp"

namespace touchstone::judge {

/// Which events count towards a metric, and what of them.
struct Counted {
  NameNumber event = 0;
  bool any = false;      ///< whatever its name
  std::string property;  ///< empty = the event's value
  storage::Aspect of = storage::Aspect::value;
  storage::EventFilter filter;
};

/// A metric as attribution asks for it: texts are numbers of one Names.
struct Measure {
  storage::MetricKind kind = storage::MetricKind::proportion;
  Counted what;
  std::vector<Counted> others;
  int decimals = 6;
  storage::Window window;
  std::optional<storage::Score> score;
  std::optional<std::int64_t> cap;  ///< as an amount
  bool by_inactivity = false;
  std::optional<Micros> covariate;
  std::optional<std::int64_t> level_top{};  ///< where units are sorted by level: the amount of the last level
};
[[nodiscard]] Measure measure(const storage::Metric& metric, Names& names);

/// How a plan asks for the values of units. A strict one bets on each value, so it sorts the units by level: values
/// from 0 to the most that there is, in a hundred steps. Any rounding that is blind to the arms keeps its promise.
enum class Sorting : std::uint8_t { none, by_level };
inline constexpr std::size_t kLevels = 101;
/// The most that a unit's figure can be; nothing where it knows no bounds, or no level is needed to bet on it.
[[nodiscard]] std::optional<std::int64_t> level_top(const storage::Metric& metric);
/// The nearest of the levels from 0 to the top.
[[nodiscard]] std::uint8_t level_of(std::int64_t amount, std::int64_t top) noexcept;

/// Largest |amount| that a unit may have; beyond it the unit blocks the metric.
inline constexpr std::int64_t kLargestAmount = 1'000'000'000'000'000;

/// Decimals of a metric's amounts: 0 where units or events are counted (of a quantile, too) and for scores, 6 for mean
/// (whose amount is the unit's average of amounts, rounded to 10^-6), else the metric's own.
[[nodiscard]] int amount_decimals(const storage::Metric& metric) noexcept;
/// Of a ratio's denominator.
[[nodiscard]] int denominator_decimals(const storage::Metric& metric) noexcept;

enum class AmountState : std::uint8_t {
  present,
  absent,  ///< the unit has no value: a mean or quantile without an event, a score without an answer
  beyond,  ///< out of range
};

/// What one metric says about one unit, in units of 10^-amount_decimals.
struct Amount {
  static constexpr std::uint8_t kNoBin = 255;

  std::int64_t value = 0;
  AmountState state = AmountState::present;
  std::uint8_t bin = kNoBin;  ///< for metrics with bins: the one that the unit falls in

  friend bool operator==(const Amount&, const Amount&) = default;
};

/// How many bins a metric sorts its units into: a score by answer, with one more for who gave none on the scale; a
/// funnel by the number of steps taken; one for who has no history, where there is a covariate; levels where units are
/// sorted by them. None for others.
[[nodiscard]] std::size_t bins(const storage::Metric& metric, Sorting sorting = Sorting::none);

/// What an answer on the scale adds to the score: 100, 0 or -100 for NPS, 1 or 0 for the top box, else itself.
[[nodiscard]] std::int64_t scored(const storage::Score& score, int answer);

/// Pure: depends on the set of what happened alone. An event counts when te(exposure) + delay <= te < te(exposure) +
/// delay + length. An event without the value that is asked for adds nothing. Of several answers the earliest counts,
/// of those at one time the smallest; a last value is the other way round.
[[nodiscard]] Amount amount(const Measure& measure, const Names& names, Time exposed_at, const Timeline& timeline);
/// The same for the denominator of a ratio.
[[nodiscard]] Amount denominator(const Measure& measure, const Names& names, Time exposed_at, const Timeline& timeline);

/// What a unit's events that count add up to over the days since its window opened: day 0 is the first 24 hours.
struct ByAge {
  std::int64_t total = 0;   ///< amounts of the days, each y
  std::int64_t first = 0;   ///< sum of day y
  std::int64_t second = 0;  ///< sum of day^2 y
  bool beyond = false;      ///< one of them is out of range

  friend bool operator==(const ByAge&, const ByAge&) = default;
};
/// Of kinds proportion (a day with an event is 1), count and sum. Later days than `days` do not count. What goes beyond
/// the cap is taken off the days on which it came.
[[nodiscard]] ByAge by_age(const Measure& measure, const Names& names, Time exposed_at, const Timeline& timeline,
                           int days);

/// What the events that count are worth, of a quantile: amounts with the metric's decimals, ascending. Those out of
/// range are left out, and make amount() beyond.
[[nodiscard]] std::vector<std::int64_t> event_amounts(const Measure& measure, const Names& names, Time exposed_at,
                                                      const Timeline& timeline);

/// The bin of who had no event that counts before the exposure; its covariate is 0.
inline constexpr std::uint8_t kWithoutHistory = 0;
/// The same from what happened before the exposure: te(exposure) - covariate <= te < te(exposure).
[[nodiscard]] Amount covariate(const Measure& measure, const Names& names, Time exposed_at, const Timeline& timeline);

/// Takes into a unit's amount, and its denominator or covariate, what happened since: `news`. False where the amounts
/// alone do not say what becomes of them, as with a mean; they are then good for nothing.
[[nodiscard]] bool follow(const Measure& measure, const Names& names, Time exposed_at, const Timeline& news,
                          Amount& known, Amount* second);
/// What a unit did by day and what it did besides; nothing where they do not say what comes of both.
[[nodiscard]] std::optional<ByAge> sum(const Measure& measure, const ByAge& age, const ByAge& more) noexcept;

}  // namespace touchstone::judge
