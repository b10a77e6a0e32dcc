#include "service/simulate/figures.hpp"

#include <cmath>
#include <utility>

namespace touchstone::simulate {
namespace {

using judge::Amount;

struct MeanAndVariance {
  double mean = 0;
  double variance = 0;
};

/// Of those whose value is not 0.
MeanAndVariance of_payers(const Figures& figures) noexcept {
  const double mean = figures.mean / figures.paying;
  const double square = (figures.deviation * figures.deviation + figures.mean * figures.mean) / figures.paying;
  return {mean, square - mean * mean};
}

double value(const Figures& figures, Random& random) {
  if (figures.paying < 1 && !random.chance(figures.paying)) return 0;
  const auto [mean, variance] = of_payers(figures);
  switch (figures.shape) {
    case Shape::normal:
      return mean + std::sqrt(variance) * random.normal();
    case Shape::gamma:
      return variance / mean * random.gamma(mean * mean / variance);
    case Shape::lognormal:
      break;
  }
  const double sigma_squared = std::log1p(variance / (mean * mean));
  return random.lognormal(mean * std::exp(-sigma_squared / 2), std::sqrt(sigma_squared));
}

Amount answer(bool happened) {
  Amount made = yes(happened);
  made.bin = happened ? 1 : 0;
  return made;
}

Amount converted(const Figures& figures, double factor, Random& random) {
  const bool happened = random.chance(factor * figures.mean);
  return figures.answering < 1 ? answer(happened) : yes(happened);
}

}  // namespace

std::optional<std::string> contradiction(const Figures& figures) {
  if (figures.kind == Kind::ratio && figures.mean > 0.5)
    return "the shares of units are drawn around it up to twice as high, so it can be half at most";
  if (figures.kind != Kind::values) return std::nullopt;
  if (figures.shape != Shape::normal && !(figures.mean > 0)) return "values that are skewed have a positive mean here";
  if (!(of_payers(figures).variance > 0)) return "so many zeros alone make a larger deviation";
  return std::nullopt;
}

storage::Metric metric_of(const Figures& figures, std::string key) {
  storage::Metric metric;
  metric.key = std::move(key);
  metric.event = metric.key;
  if (figures.kind == Kind::ratio) {
    metric.kind = storage::MetricKind::ratio;
    metric.of = storage::Aspect::occurrence;
    metric.others.push_back({"view", std::nullopt, storage::Aspect::occurrence, {}});
  } else if (figures.kind == Kind::values) {
    metric.kind = figures.answering < 1 ? storage::MetricKind::mean : storage::MetricKind::sum;
  } else if (figures.answering < 1) {
    metric.kind = storage::MetricKind::score;
    metric.score = storage::Score{storage::ScoreForm::csat, 0, 1, 1};
  }
  return metric;
}

ClicksOfViews clicks_of_views(double rate, double views, bool tires, Random& random) {
  const auto seen = views > 1 ? 1 + static_cast<int>(std::log1p(-random.uniform()) / std::log1p(-1 / views)) : 1;
  const double own = 2 * rate * random.uniform() / (tires ? std::sqrt(seen) : 1.0);
  std::int64_t clicks = 0;
  for (int view = 0; view < seen; ++view) clicks += random.chance(own) ? 1 : 0;
  return {{clicks, judge::AmountState::present}, {seen, judge::AmountState::present}};
}

Drawn drawn(const Figures& figures, double factor, Random& random) {
  if (figures.answering < 1 && !random.chance(figures.answering)) return {no_amount()};
  switch (figures.kind) {
    case Kind::rate:
      return {converted(figures, factor, random)};
    case Kind::values:
      return {amount_of(factor * value(figures, random))};
    case Kind::ratio:
      break;
  }
  const auto [clicks, views] = clicks_of_views(factor * figures.mean, figures.events, false, random);
  return {clicks, views};
}

}  // namespace touchstone::simulate
