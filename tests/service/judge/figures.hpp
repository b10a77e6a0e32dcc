#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "service/judge/measure.hpp"
#include "service/simulate/course.hpp"
#include "service/simulate/figures.hpp"
#include "tests/service/judge/kinds.hpp"

namespace touchstone::judge {

/// The window of the metrics of a simulated experiment.
inline constexpr Micros kWindow = simulate::kUnitWindow;

/// What the units of a simulated experiment do. Beside what is usual stand shapes that the two keys were not made on.
enum class Figures : std::uint8_t {
  conversions,   ///< whether somebody bought
  lognormal,     ///< values
  gamma,         ///< values of shape 1/2: skewness 2.8
  pareto,        ///< one in five has a value, of tail index 3.5: no fourth moment
  net,           ///< values of both signs: one order in six goes back, and costs
  left_skewed,   ///< a constant less a lognormal: skewness -6.2
  nps,           ///< three in ten answer
  order_value,   ///< a mean: one in ten has one
  click_rate,    ///< a ratio: clicks of views, both by units that differ
  waiting_time,  ///< seconds until an event, cut at the window's end
  capped,        ///< lognormal values, at most 20
  spend_again,   ///< lognormal values with those of before as their covariate; one in five has no history
  bought_again,  ///< whether somebody bought, with whether they did before as its covariate
};

inline storage::Metric bought() {
  return within(metric("bought", storage::MetricKind::proportion, "buy"), Micros(0), kWindow);
}

inline storage::Metric metric_of(Figures figures) {
  using storage::MetricKind;
  storage::Metric made = bought();
  switch (figures) {
    case Figures::conversions:
      return made;
    case Figures::lognormal:
    case Figures::gamma:
    case Figures::pareto:
    case Figures::net:
    case Figures::left_skewed:
      made.kind = MetricKind::sum;
      return made;
    case Figures::nps:
      return within(nps(), Micros(0), kWindow);
    case Figures::order_value:
      made.kind = MetricKind::mean;
      return made;
    case Figures::click_rate:
      made.kind = MetricKind::ratio;
      made.of = storage::Aspect::occurrence;
      made.others.push_back({"view", std::nullopt, storage::Aspect::occurrence, {}});
      return made;
    case Figures::waiting_time:
      made.kind = MetricKind::duration;
      return made;
    case Figures::capped:
      made.kind = MetricKind::sum;
      made.cap = 20;
      return made;
    case Figures::spend_again:
      made.kind = MetricKind::sum;
      made.covariate = 14 * std::chrono::hours(24);
      return made;
    case Figures::bought_again:
      made.covariate = 14 * std::chrono::hours(24);
      return made;
  }
  throw std::invalid_argument("figures of unknown kind");
}

/// What a treatment changes: rates and values times `effect`.
struct Doing {
  double effect = 1;
  double rate = 0.1;  ///< of conversions
  double tail = 1.5;  ///< sigma of lognormal values
  double lag = 0;     ///< mean hours until a conversion; those beyond the window do not count
};

using simulate::amount_of;
using simulate::no_amount;

inline Amount converts(const Doing& doing, simulate::Random& draws) {
  const bool within_window =
      draws.uniform() < doing.effect * doing.rate && doing.lag * -std::log1p(-draws.uniform()) < 1;
  return simulate::yes(within_window);
}

inline double net_value(simulate::Random& draws) {
  const bool returned = draws.uniform() < 1.0 / 6;
  const double value = std::exp(0.8 * draws.normal());
  return returned ? -1 - value : value;
}

inline Amount answer(const Doing& doing, simulate::Random& draws) {
  if (draws.uniform() >= 0.3) return no_amount();
  const double place = draws.uniform();
  if (place < 0.45 * doing.effect) return {100, AmountState::present, 9};
  return place < 0.75 ? Amount{0, AmountState::present, 7} : Amount{-100, AmountState::present, 3};
}

/// Four views on average; three in ten of them are clicked, fewer by those who view more.
inline std::vector<Amount> clicks_of_views(double effect, simulate::Random& draws) {
  const auto made = simulate::clicks_of_views(0.3 * effect, 4, true, draws);
  return {made.clicks, made.views};
}

/// Now and before, of one taste: logarithms correlate by .81 in who has a history.
inline std::vector<Amount> spends_again(const Doing& doing, simulate::Random& draws) {
  const double taste = draws.normal();
  const auto spent = [&] { return std::exp(doing.tail * (0.9 * taste + std::sqrt(0.19) * draws.normal())); };
  Amount now = amount_of(doing.effect * spent());
  const double before = spent();
  if (draws.uniform() >= 0.2) return {now, amount_of(before)};
  now.bin = kWithoutHistory;
  return {now, amount_of(0)};
}

/// Six in ten of those who bought before buy again, of the others `rate` do.
inline std::vector<Amount> buys_again(const Doing& doing, simulate::Random& draws) {
  const bool before = draws.uniform() < 0.3;
  const bool now = draws.uniform() < doing.effect * (before ? 0.6 : doing.rate);
  return {{now ? 1 : 0, AmountState::present, before ? Amount::kNoBin : kWithoutHistory},
          {before ? 1 : 0, AmountState::present}};
}

/// The amounts of one unit.
inline std::vector<Amount> drawn(Figures figures, const Doing& doing, simulate::Random& draws) {
  switch (figures) {
    case Figures::conversions:
      return {converts(doing, draws)};
    case Figures::lognormal:
      return {amount_of(doing.effect * std::exp(doing.tail * draws.normal()))};
    case Figures::gamma:
      return {amount_of(doing.effect * std::pow(draws.normal(), 2))};
    case Figures::pareto:
      return {amount_of(draws.uniform() < 0.2 ? doing.effect * std::pow(1 - draws.uniform(), -1 / 3.5) : 0)};
    case Figures::net:
      return {amount_of(doing.effect * net_value(draws))};
    case Figures::left_skewed:
      return {amount_of(doing.effect * (20 - std::exp(draws.normal())))};
    case Figures::nps:
      return {answer(doing, draws)};
    case Figures::order_value:
      return {draws.uniform() < 0.1 ? amount_of(doing.effect * std::exp(0.7 * draws.normal())) : no_amount()};
    case Figures::click_rate:
      return clicks_of_views(doing.effect, draws);
    case Figures::waiting_time:
      return {amount_of(std::min(-2400 * doing.effect * std::log1p(-draws.uniform()), 3600.0))};
    case Figures::capped:
      return {amount_of(std::min(doing.effect * std::exp(doing.tail * draws.normal()), 20.0))};
    case Figures::spend_again:
      return spends_again(doing, draws);
    case Figures::bought_again:
      return buys_again(doing, draws);
  }
  throw std::invalid_argument("figures of unknown kind");
}

}  // namespace touchstone::judge
