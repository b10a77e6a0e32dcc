#include "stats/lifetime_value/spending.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <boost/math/special_functions/digamma.hpp>

#include "stats/distribution/beta.hpp"
#include "stats/distribution/policy.hpp"
#include "stats/numeric/climb.hpp"

namespace touchstone::stats {
namespace {

double digamma(double z) { return boost::math::digamma(z, Quiet()); }

// What the special functions say of customers with x purchases.
struct AtPurchases {
  AtPurchases(const SpendingModel& m, double purchases)
      : x(purchases), log_beta_pq(log_beta(m.p * x, m.q)), both(digamma(m.p * x + m.q)), of_p(digamma(m.p * x)) {}

  double x;
  double log_beta_pq;
  double both;
  double of_p;
};

SpendingModel from_logs(const std::array<double, 3>& logs) noexcept {
  return {std::exp(logs[0]), std::exp(logs[1]), std::exp(logs[2])};
}

// Mean log-likelihood with its gradient in the logarithms; customers in order of their purchases.
Slope<3> mean_slope(std::span<const Spender> spenders, const std::array<double, 3>& logs) {
  const SpendingModel m = from_logs(logs);
  const double of_q = digamma(m.q);
  AtPurchases at(m, spenders.front().purchases);
  Slope<3> slope;
  for (const Spender& s : spenders) {
    if (s.purchases != at.x) at = AtPurchases(m, s.purchases);
    const double spent = s.purchases * s.mean;
    const double log_own = std::log(spent / (spent + m.v));
    const double log_rest = std::log(m.v / (spent + m.v));
    slope.value += m.p * s.purchases * log_own + m.q * log_rest - std::log(s.mean) - at.log_beta_pq;
    slope.gradient[0] += s.purchases * (at.both - at.of_p + log_own);
    slope.gradient[1] += at.both - of_q + log_rest;
    slope.gradient[2] += m.q / m.v - (m.p * s.purchases + m.q) / (spent + m.v);
  }
  const std::array parameters{m.p, m.q, m.v};
  const auto n = static_cast<double>(spenders.size());
  slope.value /= n;
  for (std::size_t i = 0; i < 3; ++i) slope.gradient[i] *= parameters[i] / n;
  return slope;
}

}  // namespace

SpendingFit fit_spending(std::span<const Spender> spenders) {
  SpendingFit fit;
  if (spenders.empty()) return fit;
  std::vector<Spender> spent;
  double mean = 0;
  for (const Spender& s : spenders) {
    if (!(s.purchases > 0 && s.mean > 0 && s.mean < infinity)) continue;
    spent.push_back(s);
    mean += (s.mean - mean) / static_cast<double>(spent.size());
  }
  fit.customers = spent.size();
  fit.status = spent.size() < 2 ? Status::insufficient_data : Status::ok;
  if (fit.status != Status::ok) return fit;
  std::sort(spent.begin(), spent.end(), [](const Spender& a, const Spender& b) { return a.purchases < b.purchases; });
  const auto slope_at = [&](const std::array<double, 3>& logs) { return mean_slope(spent, logs); };
  const Summit<3> summit = climb<3>(slope_at, {0, 0, std::log(mean)}, 1e-9);
  if (!summit.found) {
    fit.status = Status::not_converged;
    return fit;
  }
  fit.model = from_logs(summit.at);
  fit.log_likelihood = summit.value * static_cast<double>(spent.size());
  return fit;
}

double expected_amount(const SpendingModel& model, const Spender& spender) noexcept {
  const double certainty = model.p * spender.purchases + model.q - 1;
  return certainty > 0 ? model.p * (model.v + spender.purchases * spender.mean) / certainty : infinity;
}

}  // namespace touchstone::stats
