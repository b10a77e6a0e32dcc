#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "service/judge/measure.hpp"
#include "service/judge/recent.hpp"

namespace touchstone::judge {

/// Running means, variances and covariance of two figures (Welford 1962; Chan, Golub and LeVeque 1983).
class PairMoments {
 public:
  void add(double x, double y) noexcept;
  [[nodiscard]] double count() const noexcept { return n_; }
  [[nodiscard]] double mean_x() const noexcept { return mean_x_; }
  [[nodiscard]] double mean_y() const noexcept { return mean_y_; }
  [[nodiscard]] double variance_x() const noexcept { return xx_ / (n_ - 1); }
  [[nodiscard]] double variance_y() const noexcept { return yy_ / (n_ - 1); }
  [[nodiscard]] double covariance() const noexcept { return xy_ / (n_ - 1); }

 private:
  double n_ = 0;
  double mean_x_ = 0;
  double mean_y_ = 0;
  double xx_ = 0;
  double yy_ = 0;
  double xy_ = 0;
};

/// One metric's figures, unit by unit.
class RecentFigures {
 public:
  RecentFigures(const storage::Metric& metric, Names& names, Time until);

  /// A unit and its first event.
  void add(Time first, const Timeline& timeline);
  /// What it did on a day on which it did anything, so many days before the last.
  void add_day(int back, const Timeline& timeline);

  /// `scale`: how many units each stands for.
  [[nodiscard]] MetricHistory told(double scale) const;

 private:
  struct Figure {
    double x = 0;
    double y = 1;
  };
  [[nodiscard]] std::optional<Figure> figure(const Measure& measure, Time from, const Timeline& timeline) const;
  [[nodiscard]] stats::Baseline baseline() const;
  [[nodiscard]] Time day(int back) const;

  const storage::Metric& metric_;
  const Names& names_;
  Time until_;
  Measure measure_;
  Measure daily_;
  bool tells_days_;
  bool is_ratio_;
  std::uint64_t entered_ = 0;
  std::uint64_t closed_ = 0;
  PairMoments moments_;
  std::array<PairMoments, kRecentDays> by_day_{};
  std::array<std::uint64_t, kRecentDays> active_{};
};

}  // namespace touchstone::judge
