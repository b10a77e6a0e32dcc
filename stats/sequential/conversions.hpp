#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "stats/estimate.hpp"
#include "stats/sequential/error_budget.hpp"
#include "stats/sequential/tick_law.hpp"
#include "stats/strata.hpp"

/// The always-valid default for conversions: exact conditional spending. Given the blinded numbers of new users per arm
/// and of new conversions in both arms together, the treatment's share of conversions is hypergeometric under "no
/// effect", whatever the base rate, its drift, the split or a ramp. Limits that spend the error budget are found by
/// convolution, so the error is at most alpha by construction, in finite samples, with no burn-in. Promised for users
/// exchangeable within a tick and ticks fixed independently of the arms' results; not for arms that change who is
/// exposed.
namespace touchstone::stats {

/// The users who entered since the last tick; a tick never mixes two assignment weights.
struct ConversionTick {
  std::int64_t users = 0;
  std::int64_t users_b = 0;
  std::int64_t conversions = 0;
  std::int64_t conversions_b = 0;
  double t = 0;           ///< how much of the error may be spent by the end of this tick, as a share of the plan:
                          ///< any clock that is blind to the arms and never runs backwards
  std::size_t phase = 0;  ///< ticks of one phase share their weights; strata of the lift interval
};

/// What B's running total of conversions would have to be. No such count: upper is above every possible total, lower
/// -1.
struct ConversionLimits {
  std::int64_t upper = 0;   ///< B better from here on
  std::int64_t lower = -1;  ///< B worse down to here
  double spent_up = 0;
  double spent_low = 0;
};

enum class Side : std::int8_t { worse = -1, none = 0, better = 1 };

/// The limits after each tick. Sides are decided on the ticks in order; paths beyond a limit are stopped.
///
/// Exact while B's possible totals, less those with a probability below 1e-16, number `most_states` or fewer: with the
/// default up to a standard deviation of about 80 conversions. Beyond it neighbouring totals are taken together, two by
/// two as often as need be, which keeps the cost of a tick bounded; mean and variance stay, and limits move by at most
/// a thirtieth of a standard deviation.
class ConversionWalk {
 public:
  static constexpr std::size_t usual_states = 512;
  explicit ConversionWalk(const ErrorBudget& budget, std::size_t most_states = usual_states);

  ConversionLimits advance(const ConversionTick& tick) { return advance(tick, law_of(tick)); }
  /// With the tick's own law, for those who walk the same ticks again.
  ConversionLimits advance(const ConversionTick& tick, const TickLaw& law);
  [[nodiscard]] std::int64_t total_b() const noexcept { return total_b_; }
  [[nodiscard]] Side side() const noexcept;  ///< of the observed path at the last tick

 private:
  void convolve(const TickLaw& law);
  void trim();
  void coarsen();
  void keep(std::size_t from, std::size_t to);

  ErrorBudget budget_;
  std::size_t most_states_;
  std::vector<double> masses_;  // P(B total is about (first_ + i) grain_, not stopped)
  std::int64_t first_ = 0;
  std::int64_t grain_ = 1;  // totals that are taken together
  std::int64_t total_b_ = 0;
  ConversionLimits limits_;
};

/// The closed-form twin: sums over ticks of B's conversions less their expectation, with variance and third cumulant.
struct ConversionScore {
  double excess = 0;                                  ///< sum (x - ds dnB/dn)
  double variance = 0;                                ///< sum ds (dn-ds) dnA dnB/(dn^2 (dn-1))
  double third = 0;                                   ///< third cumulant
  [[nodiscard]] double corrected_z() const noexcept;  ///< undefined without variance
};
[[nodiscard]] ConversionScore conversion_score(std::span<const ConversionTick> ticks) noexcept;

struct ConversionVerdict {
  Status status = Status::no_data;
  Side side = Side::none;      ///< of the first limit crossed
  std::size_t decided_at = 0;  ///< tick of that crossing; the number of ticks where there is none
  ConversionLimits limits;     ///< at the last tick
  Interval ratio;              ///< of B's rate to A's; excludes 1 exactly when a side is declared
  Interval difference;         ///< of B's rate and A's, from the same limits; excludes 0 exactly then
  double rate_a = undefined;   ///< standardised over the phases, at the last tick
  double rate_b = undefined;
};
/// An interval that holds at the deciding tick still holds later on: once a side is declared it stays excluded.
[[nodiscard]] ConversionVerdict judge_conversions(std::span<const ConversionTick> ticks, const ErrorBudget& budget);

/// The smallest alpha (with its reserve in proportion) at which the path would have been stopped by now, rounded up by
/// at most 1 % and never below 1e-12; 1 where none below 1 does. At most the budget's alpha exactly when a side is
/// declared.
[[nodiscard]] double conversions_anytime_p(std::span<const ConversionTick> ticks, const ErrorBudget& budget);

/// Totals of one phase, for the interval of the ratio.
struct RatioStratum {
  std::int64_t units_a = 0;
  std::int64_t units_b = 0;
  double conversions_a = 0;
  double conversions_b = 0;
};
/// The skewness-corrected constrained score of "pB = R pA" over strata (Gart and Nam 1988 with the Wilson-Hilferty
/// form). Falls as R grows.
[[nodiscard]] double ratio_score(std::span<const RatioStratum> strata, double ratio) noexcept;
/// {R : -c_low < ratio_score(R) < c_up}; an infinite critical value leaves its side unbounded (0 or infinity).
[[nodiscard]] Interval ratio_interval(std::span<const RatioStratum> strata, double c_up, double c_low);

/// The same score of "pB = pA + d", at the rates that are most likely given that difference (Mee 1984): at d = 0 it is
/// ratio_score at R = 1. Falls as d grows.
[[nodiscard]] double difference_score(std::span<const ProportionStratum> strata, double difference) noexcept;
/// {d : -c_low < difference_score(d) < c_up}; an infinite critical value leaves its side at -1 or 1.
[[nodiscard]] Interval difference_interval(std::span<const ProportionStratum> strata, double c_up, double c_low);

}  // namespace touchstone::stats
