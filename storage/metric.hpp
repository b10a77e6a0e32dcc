#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/event_filter.hpp"
#include "storage/time.hpp"

namespace touchstone::storage {

/// What a metric says of one unit, from the events that count: those of its name in its window that pass its filter.
enum class MetricKind : std::uint8_t {
  proportion,      ///< 1 if the unit has at least one, else 0
  count,           ///< their number, 0 without one
  sum,             ///< sum of their values, 0 without one
  mean,            ///< the unit's average value, over units that have at least one
  score,           ///< the unit's first answer on a declared scale, over units that answered
  retention,       ///< 1 if the unit was active in the window, else 0; over units whose window has closed
  churn,           ///< 1 if the unit was lost in the window: by an event, or by none; over the same units
  ratio,           ///< an amount of the unit for each one of another: sums over all units are divided
  funnel,          ///< 1 if the unit took all steps in their order; over units whose window has closed
  duration,        ///< seconds until the first of them, at most the window's length; over the same units
  first_value,     ///< the value of the first, over units that have one
  last_value,      ///< the value of the last, over units that have one
  lifetime_value,  ///< sum of their values less those of another event, 0 without any; over units whose window closed
  quantile,        ///< what a share of the events does not exceed: of all units' events together, each counts
};

enum class Direction : std::uint8_t { increase, decrease };

/// Where on a customer's way a figure is taken; for people alone.
enum class JourneyStage : std::uint8_t { awareness, consideration, purchase, post_purchase };

/// When an event counts: te(exposure) + delay <= te < te(exposure) + delay + length; no length = without end.
struct Window {
  Micros delay{0};
  std::optional<Micros> length;

  friend bool operator==(const Window&, const Window&) = default;
};

/// How answers become a score.
enum class ScoreForm : std::uint8_t {
  nps,        ///< share of 9 and 10 less share of 0 to 6, in points of 100
  csat,       ///< share of answers from `top` on
  csat_mean,  ///< mean answer; higher is more satisfied
  ces,        ///< mean answer; which end is easy is declared
};

/// The scale of a survey's answers: whole numbers from lowest to highest.
struct Score {
  ScoreForm form = ScoreForm::nps;
  int lowest = 0;
  int highest = 10;
  int top = 9;               ///< csat: the first answer of the top box; nps: of the promoters
  bool highest_easy = true;  ///< ces

  friend bool operator==(const Score&, const Score&) = default;
};
inline constexpr int kMostAnswers = 101;  ///< that a scale may have

/// What a metric adds up of an event.
enum class Aspect : std::uint8_t {
  value,       ///< its value, or one of its properties
  occurrence,  ///< that it happened
};

/// A further event that a metric is made of: the denominator of a ratio, a later step of a funnel, what is taken off a
/// lifetime value.
struct MetricEvent {
  std::string event;
  std::optional<std::string> property;  ///< absent = the event's `value`
  Aspect of = Aspect::value;
  EventFilter filter;

  friend bool operator==(const MetricEvent&, const MetricEvent&) = default;
};

/// The most that a unit may add, by what units add: a percentile of their amounts, of all arms together, so that it is
/// blind to the arms.
struct PooledCap {
  double percentile = 99.9;  ///< of at most three decimals
  bool ignore_zeros = false;

  friend bool operator==(const PooledCap&, const PooledCap&) = default;
};

/// Turns the events of a unit into a number. A change makes a new version; running plans keep theirs.
struct Metric {
  std::string key;
  std::uint32_t version = 1;
  std::string name;
  MetricKind kind = MetricKind::proportion;
  std::string event;                    ///< the event name that counts; "*" (retention, churn): any
  std::optional<std::string> property;  ///< numeric property that holds the value; absent = the event's `value`
  int decimals = 6;                     ///< amounts are int64 llrint(v * 10^decimals), 0..6
  Window window;
  Direction direction = Direction::increase;
  std::string unit;                 ///< of measure, for people: "EUR", "rounds"
  EventFilter filter;               ///< on the event's properties
  Aspect of = Aspect::value;        ///< ratio: what is above the line
  std::vector<MetricEvent> others;  ///< ratio: the denominator; funnel: the steps after `event`; lifetime_value: less
  std::optional<Score> score;       ///< score only
  std::optional<double> cap;        ///< the most that a unit may add; sum, count and lifetime_value
  bool by_inactivity = false;       ///< churn: lost who has no event in the window, not who has one
  /// How long before its first exposure a unit's covariate is taken: the same figure of the unit, whose part in the
  /// result is taken out (CUPED).
  std::optional<Micros> covariate{};
  std::optional<PooledCap> pooled_cap{};  ///< in place of a cap; sum, count and lifetime_value, without a covariate
  std::optional<JourneyStage> stage{};
  std::optional<double> quantile{};  ///< quantile: .9 is what nine of ten events do not exceed; four decimals

  friend bool operator==(const Metric&, const Metric&) = default;
};

/// Whether a unit's figure is 1 or 0, so that their mean is a share of units.
[[nodiscard]] inline bool tells_share(MetricKind kind, const std::optional<Score>& score) noexcept {
  return kind == MetricKind::proportion || kind == MetricKind::retention || kind == MetricKind::churn ||
         kind == MetricKind::funnel || (kind == MetricKind::score && score && score->form == ScoreForm::csat);
}
[[nodiscard]] inline bool tells_share(const Metric& metric) noexcept { return tells_share(metric.kind, metric.score); }

/// Whether a unit without any event has a figure, so that it also has one before its first exposure.
[[nodiscard]] inline bool may_have_covariate(MetricKind kind) noexcept {
  return kind == MetricKind::proportion || kind == MetricKind::count || kind == MetricKind::sum ||
         kind == MetricKind::retention || kind == MetricKind::lifetime_value;
}

/// Whether its figures are found from the records of all units together, so that no sums of a part of them tell it.
[[nodiscard]] inline bool ranks_records(const Metric& metric) noexcept {
  return metric.pooled_cap || metric.kind == MetricKind::quantile;
}

/// Whether a unit has a figure only once its window has closed.
[[nodiscard]] inline bool waits_for_window(MetricKind kind) noexcept {
  return kind == MetricKind::retention || kind == MetricKind::churn || kind == MetricKind::funnel ||
         kind == MetricKind::duration || kind == MetricKind::lifetime_value;
}

}  // namespace touchstone::storage
