#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/judge/measure.hpp"
#include "service/simulate/random.hpp"
#include "storage/metric.hpp"

/// What a unit may be found to have done, for simulations: amounts as the judge counts them.
namespace touchstone::simulate {

/// Of the values of units that have one other than 0. Skewness of a deviation of c means: none, 2c, 3c + c^3.
enum class Shape : std::uint8_t { normal, gamma, lognormal };

enum class Kind : std::uint8_t {
  rate,    ///< a share of units
  values,  ///< a mean over units
  ratio,   ///< a share of the units' events, such as clicks of views
};

/// A metric without a treatment, by its moments.
struct Figures {
  Kind kind = Kind::rate;
  double mean = 0;       ///< or the share
  double deviation = 0;  ///< of values, over all units that have one
  Shape shape = Shape::lognormal;
  double paying = 1;     ///< share of units whose value is not 0
  double answering = 1;  ///< share of units that have a value at all
  double events = 4;     ///< of a ratio: per unit, one at least; geometric
};

/// Why there are no such figures: a skewed mean that is not positive, more zeros than the deviation allows, a share
/// beyond one.
[[nodiscard]] std::optional<std::string> contradiction(const Figures& figures);

[[nodiscard]] storage::Metric metric_of(const Figures& figures, std::string key);

inline judge::Amount amount_of(double value) { return {std::llround(1e6 * value), judge::AmountState::present}; }
inline judge::Amount no_amount() { return {0, judge::AmountState::absent}; }
/// 1 or 0.
inline judge::Amount yes(bool happened) { return {happened ? 1 : 0, judge::AmountState::present}; }

/// Clicks and views. Views are geometric with this mean; the rate of a unit's clicks is its own, uniform around the
/// given one, and falls with the square root of its views where it `tires`.
struct ClicksOfViews {
  judge::Amount clicks;
  judge::Amount views;
};
[[nodiscard]] ClicksOfViews clicks_of_views(double rate, double views, bool tires, Random& random);

/// One unit, whose mean is `factor` times the usual.
struct Drawn {
  judge::Amount amount;
  judge::Amount denominator{};  ///< of a ratio
};
[[nodiscard]] Drawn drawn(const Figures& figures, double factor, Random& random);

}  // namespace touchstone::simulate
