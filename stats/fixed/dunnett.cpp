#include "stats/fixed/dunnett.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "stats/distribution/normal.hpp"
#include "stats/distribution/student.hpp"
#include "stats/numeric/density.hpp"
#include "stats/numeric/panels.hpp"
#include "stats/numeric/root.hpp"
#include "stats/numeric/stirling.hpp"

namespace touchstone::stats {
namespace {

constexpr double reach = 9;      // standard deviations beyond which nothing is left at 1e-18
constexpr double farthest = 38;  // beyond it a normal tail is below the smallest double

double upper(double z) noexcept { return std::erfc(z / std::numbers::sqrt2) / 2; }

// Treatments of one size.
struct Alike {
  double lambda = 0;
  double own = 1;  // sqrt(1 - lambda^2)
  double treatments = 0;
};

std::vector<Alike> alike(std::vector<double> lambda) {
  std::sort(lambda.begin(), lambda.end());
  std::vector<Alike> groups;
  for (const double one : lambda) {
    if (groups.empty() || groups.back().lambda != one) groups.push_back({one, std::sqrt(1 - one * one), 0});
    ++groups.back().treatments;
  }
  return groups;
}

// The chance that some |Z_i| > x, where Z_i = lambda_i z + sqrt(1 - lambda_i^2) e_i share the control's z.
class KnownVariance {
 public:
  explicit KnownVariance(const ManyToOne& law) : groups_(alike(law.lambda)) {}

  [[nodiscard]] double some_beyond(double x) const {
    if (x > farthest) return 0;
    const Panels panels = cut(x);
    std::vector<double> values;
    values.reserve(panels.size());
    for (const double z : panels.nodes()) values.push_back(normal_density(z) * beyond_given(z, x));
    return std::min(1.0, 2 * panels.integral(values));  // symmetric in z
  }

 private:
  // Where lambda is near one, the chance given z jumps at x/lambda within own/lambda.
  [[nodiscard]] Panels cut(double x) const {
    constexpr double panel = 1.5;
    const double end = reach + x;
    std::vector<double> breaks{end};
    for (int i = 0; panel * i < end; ++i) breaks.push_back(panel * i);
    for (const Alike& group : groups_) {
      const double width = group.own / group.lambda;
      for (const double step : {-9.0, -6.0, -3.0, -1.5, 0.0, 1.5, 3.0, 6.0, 9.0}) {
        const double at = x / group.lambda + step * width;
        if (width < 0.75 && at > 0 && at < end) breaks.push_back(at);
      }
    }
    return {std::move(breaks), 1e-9};
  }

  [[nodiscard]] double beyond_given(double z, double x) const noexcept {
    double log_none = 0;
    for (const Alike& group : groups_) {
      const double centre = group.lambda * z;
      const double beyond = upper((x - centre) / group.own) + upper((x + centre) / group.own);
      log_none += group.treatments * std::log1p(-std::min(1.0, beyond));
    }
    return -std::expm1(log_none);
  }

  std::vector<Alike> groups_;
};

// ln density of u = ln s, where df s^2 is chi-square with df degrees of freedom.
class LogScale {
 public:
  explicit LogScale(double df) noexcept
      : df_(df), constant_(std::log(df / std::numbers::pi) / 2 - stirling_remainder(df / 2)) {}

  [[nodiscard]] double operator()(double u) const noexcept { return constant_ + df_ * (u - std::expm1(2 * u) / 2); }

 private:
  double df_;
  double constant_;
};

double pooled_variance(const Moments& control, std::span<const Moments> treatments, double df) noexcept {
  double m2 = control.m2;
  for (const Moments& arm : treatments) m2 += arm.m2;
  return m2 / df;
}

Status status_of(const Moments& control, std::span<const Moments> treatments, double df, double variance) noexcept {
  const auto empty = [](const Moments& arm) { return arm.n < 1; };
  if (empty(control) || std::any_of(treatments.begin(), treatments.end(), empty) || df < 1)
    return Status::insufficient_data;
  return variance > 0 ? Status::ok : Status::zero_variance;
}

double total_df(const Moments& control, std::span<const Moments> treatments) noexcept {
  double df = control.count() - 1;
  for (const Moments& arm : treatments) df += arm.count() - 1;
  return df;
}

ManyToOne law_of(const Moments& control, std::span<const Moments> treatments, double df) {
  ManyToOne law{{}, df};
  for (const Moments& arm : treatments) law.lambda.push_back(std::sqrt(arm.count() / (arm.count() + control.count())));
  return law;
}

}  // namespace

double many_to_one_upper(const ManyToOne& law, double c) {
  const KnownVariance known(law);
  if (std::isinf(law.df)) return known.some_beyond(c);
  const LogScale density(law.df);
  std::vector<double> breaks;
  append_breaks(breaks, density, 0, 1 / std::sqrt(2 * law.df));
  const Panels panels(std::move(breaks), 1e-12);
  std::vector<double> values;
  for (const double u : panels.nodes()) values.push_back(std::exp(density(u)) * known.some_beyond(c * std::exp(u)));
  return std::min(1.0, panels.integral(values));
}

double many_to_one_quantile(const ManyToOne& law, double alpha) {
  const auto excess = [&](double c) { return many_to_one_upper(law, c) - alpha; };
  // Not below that of one treatment, nor above Bonferroni's.
  const auto single = [&](double a) {
    return std::isinf(law.df) ? normal_upper_quantile(a / 2) : student_upper_quantile(a / 2, law.df);
  };
  const double low = single(alpha);
  const double high = single(alpha / static_cast<double>(law.lambda.size()));
  return bracketed_root(excess, low * (1 - 1e-9), high * (1 + 1e-9), 1e-12);
}

std::vector<Estimate> dunnett(const Moments& control, std::span<const Moments> treatments, double alpha) {
  const double df = total_df(control, treatments);
  const double variance = pooled_variance(control, treatments, df);
  std::vector<Estimate> result(treatments.size());
  const Status status = status_of(control, treatments, df, variance);
  for (Estimate& estimate : result) estimate.status = status;
  if (status != Status::ok || treatments.empty()) return result;
  const ManyToOne law = law_of(control, treatments, df);
  const double c = many_to_one_quantile(law, alpha);
  for (std::size_t i = 0; i < treatments.size(); ++i) {
    Estimate& e = result[i];
    e.estimate = mean_difference(control, treatments[i]);
    e.se = std::sqrt(variance * (1 / treatments[i].count() + 1 / control.count()));
    e.interval = {e.estimate - c * e.se, e.estimate + c * e.se};
    e.p = many_to_one_upper(law, std::abs(e.estimate) / e.se);
    e.log10_p = std::log10(e.p);
  }
  return result;
}

}  // namespace touchstone::stats
