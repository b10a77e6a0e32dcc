#include "service/judge/recent_figures.hpp"

#include <chrono>
#include <cmath>

namespace touchstone::judge {
namespace {

using storage::MetricKind;

constexpr Micros kDay = std::chrono::hours(24);

/// Whether the events of one day have a figure of the same meaning.
bool tells_days(MetricKind kind) {
  switch (kind) {
    case MetricKind::proportion:
    case MetricKind::count:
    case MetricKind::sum:
    case MetricKind::mean:
    case MetricKind::score:
    case MetricKind::ratio:
    case MetricKind::first_value:
    case MetricKind::last_value:
      return true;
    default:
      return false;
  }
}

Measure of_a_day(Measure measure) {
  measure.window = {Micros(0), kDay};
  return measure;
}

double value_of(const Amount& amount, int decimals) {
  return static_cast<double>(amount.value) / std::pow(10.0, decimals);
}

/// The figure of all: a mean, or a ratio of means.
std::optional<double> figure_of(const PairMoments& moments) {
  if (moments.count() == 0 || moments.mean_y() == 0) return std::nullopt;
  return moments.mean_x() / moments.mean_y();
}

}  // namespace

void PairMoments::add(double x, double y) noexcept {
  ++n_;
  const double dx = x - mean_x_;
  const double dy = y - mean_y_;
  mean_x_ += dx / n_;
  mean_y_ += dy / n_;
  xx_ += dx * (x - mean_x_);
  yy_ += dy * (y - mean_y_);
  xy_ += dx * (y - mean_y_);
}

RecentFigures::RecentFigures(const storage::Metric& metric, Names& names, Time until)
    : metric_(metric),
      names_(names),
      until_(until),
      measure_(measure(metric, names)),
      daily_(of_a_day(measure_)),
      tells_days_(tells_days(metric.kind)),
      is_ratio_(metric.kind == MetricKind::ratio) {}

std::optional<RecentFigures::Figure> RecentFigures::figure(const Measure& measure, Time from,
                                                           const Timeline& timeline) const {
  if (metric_.kind == MetricKind::quantile) return std::nullopt;  // no unit has a figure of it
  const Amount above = amount(measure, names_, from, timeline);
  if (above.state != AmountState::present) return std::nullopt;
  Figure figure{value_of(above, amount_decimals(metric_))};
  if (!is_ratio_) return figure;
  const Amount below = denominator(measure, names_, from, timeline);
  if (below.state != AmountState::present) return std::nullopt;
  figure.y = value_of(below, denominator_decimals(metric_));
  return figure;
}

void RecentFigures::add(Time first, const Timeline& timeline) {
  ++entered_;
  const auto& window = metric_.window;
  if (window.length && first + window.delay + *window.length > until_) return;
  ++closed_;
  if (const auto found = figure(measure_, first, timeline)) moments_.add(found->x, found->y);
}

Time RecentFigures::day(int back) const {
  return std::chrono::floor<std::chrono::days>(until_ - Micros(1)) - std::chrono::days(back);
}

void RecentFigures::add_day(int back, const Timeline& timeline) {
  const auto at = static_cast<std::size_t>(back);
  ++active_.at(at);
  if (!tells_days_) return;
  if (const auto found = figure(daily_, day(back), timeline)) by_day_.at(at).add(found->x, found->y);
}

stats::Baseline RecentFigures::baseline() const {
  const double answering = moments_.count() / static_cast<double>(closed_);
  if (!is_ratio_) {
    const bool share = storage::tells_share(metric_);
    const double mean = moments_.mean_x();
    return {share, mean, share ? mean * (1 - mean) : moments_.variance_x(), answering, 1};
  }
  const double above = std::sqrt(moments_.variance_x());
  const double below = std::sqrt(moments_.variance_y());
  const double together = above * below;
  return stats::ratio_baseline(
      {moments_.mean_x(), above, moments_.mean_y(), below, together > 0 ? moments_.covariance() / together : 0});
}

MetricHistory RecentFigures::told(double scale) const {
  MetricHistory history;
  history.metric = metric_.key;
  history.version = metric_.version;
  history.units = static_cast<std::uint64_t>(std::llround(scale * static_cast<double>(closed_)));
  for (int back = kRecentDays - 1; back >= 0; --back) {
    const auto at = static_cast<std::size_t>(back);
    const auto units = std::llround(scale * static_cast<double>(active_.at(at)));
    history.days.push_back({day(back), static_cast<std::uint64_t>(units), figure_of(by_day_.at(at))});
  }
  history.status = entered_ == 0            ? "no_data"
                   : closed_ == 0           ? "not_mature"
                   : moments_.count() < 2   ? "insufficient_data"
                   : moments_.mean_y() == 0 ? "zero_denominator"
                                            : "ok";
  if (metric_.kind == MetricKind::quantile) history.status = "unsupported_kind";
  if (history.status != "ok") return history;
  const auto found = baseline();
  if (found.variance > 0)
    history.baseline = found;
  else
    history.status = "zero_variance";
  return history;
}

}  // namespace touchstone::judge
