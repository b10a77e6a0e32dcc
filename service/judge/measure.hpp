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
};
[[nodiscard]] Measure measure(const storage::Metric& metric, Names& names);

/// Largest |amount| that a unit may have; beyond it the unit blocks the metric.
inline constexpr std::int64_t kLargestAmount = 1'000'000'000'000'000;

/// Decimals of a metric's amounts: 0 where units or events are counted and for scores, 6 for mean (whose amount is the
/// unit's average of amounts, rounded to 10^-6), else the metric's own.
[[nodiscard]] int amount_decimals(const storage::Metric& metric) noexcept;
/// Of a ratio's denominator.
[[nodiscard]] int denominator_decimals(const storage::Metric& metric) noexcept;

enum class AmountState : std::uint8_t {
  present,
  absent,  ///< the unit has no value: a mean without an event, a score without an answer
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
/// funnel by the number of steps taken. None for other kinds.
[[nodiscard]] std::size_t bins(const storage::Metric& metric) noexcept;

/// What an answer on the scale adds to the score: 100, 0 or -100 for NPS, 1 or 0 for the top box, else itself.
[[nodiscard]] std::int64_t scored(const storage::Score& score, int answer);

/// Pure: depends on the set of what happened alone. An event counts when te(exposure) + delay <= te < te(exposure) +
/// delay + length. An event without the value that is asked for adds nothing. Of several answers the earliest counts,
/// of those at one time the smallest; a last value is the other way round.
[[nodiscard]] Amount amount(const Measure& measure, const Names& names, Time exposed_at, const Timeline& timeline);
/// The same for the denominator of a ratio.
[[nodiscard]] Amount denominator(const Measure& measure, const Names& names, Time exposed_at, const Timeline& timeline);

}  // namespace touchstone::judge
