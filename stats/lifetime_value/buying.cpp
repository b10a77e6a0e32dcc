#include "stats/lifetime_value/buying.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "stats/distribution/beta.hpp"
#include "stats/numeric/climb.hpp"
#include "stats/numeric/density.hpp"
#include "stats/numeric/panels.hpp"

namespace touchstone::stats {
namespace {

// ln Gamma(z + x) - ln Gamma(z) and its slope in z for x = 0, 1, ...: sums, so that no special function is needed.
class Rising {
 public:
  Rising(double z, std::size_t most) : logs_{0}, slopes_{0} {
    for (std::size_t j = 0; j < most; ++j) {
      const double at = z + static_cast<double>(j);
      logs_.push_back(logs_.back() + std::log(at));
      slopes_.push_back(slopes_.back() + 1 / at);
    }
  }
  [[nodiscard]] double log(double x) const { return logs_[static_cast<std::size_t>(x)]; }
  [[nodiscard]] double slope(double x) const { return slopes_[static_cast<std::size_t>(x)]; }

 private:
  std::vector<double> logs_;
  std::vector<double> slopes_;
};

// The mean log-likelihood with its gradient in (r, alpha, a, b).
class Likelihood {
 public:
  Likelihood(const BuyingModel& model, std::size_t most)
      : m_(model), in_r_(model.r, most), in_b_(model.b, most), in_ab_(model.a + model.b, most) {}

  void add(const Buyer& buyer) {
    if (buyer.repeats > 0) {
      add_repeat(buyer);
      return;
    }
    const double log_share = std::log(m_.alpha / (m_.alpha + buyer.watched));
    total_.value += m_.r * log_share;
    total_.gradient[0] += log_share;
    total_.gradient[1] += m_.r / m_.alpha - m_.r / (m_.alpha + buyer.watched);
  }
  [[nodiscard]] const Slope<4>& total() const noexcept { return total_; }

 private:
  // Either still here without a purchase since the last, or gone right after it.
  void add_repeat(const Buyer& buyer) {
    const double x = buyer.repeats;
    const double since_last = m_.alpha + buyer.last;
    const double since_now = m_.alpha + buyer.watched;
    const double wait = std::log(since_now / since_last);
    const double here = std::exp(-(m_.r + x) * wait);
    const double gone = m_.a / (m_.b + x - 1);
    const double either = here + gone;
    total_.value += in_r_.log(x) + m_.r * std::log(m_.alpha) - (m_.r + x) * std::log(since_last) + in_b_.log(x) -
                    in_ab_.log(x) + std::log(either);
    total_.gradient[0] += in_r_.slope(x) + std::log(m_.alpha / since_last) - wait * here / either;
    total_.gradient[1] +=
        m_.r / m_.alpha - (m_.r + x) / since_last + (m_.r + x) * (1 / since_last - 1 / since_now) * here / either;
    total_.gradient[2] += gone / m_.a / either - in_ab_.slope(x);
    total_.gradient[3] += in_b_.slope(x) - in_ab_.slope(x) - gone / (m_.b + x - 1) / either;
  }

  BuyingModel m_;
  Rising in_r_;
  Rising in_b_;
  Rising in_ab_;
  Slope<4> total_;
};

BuyingModel from_logs(const std::array<double, 4>& logs) noexcept {
  return {std::exp(logs[0]), std::exp(logs[1]), std::exp(logs[2]), std::exp(logs[3])};
}

Slope<4> mean_slope(std::span<const Buyer> buyers, std::size_t most, const std::array<double, 4>& logs) {
  const BuyingModel model = from_logs(logs);
  Likelihood likelihood(model, most);
  for (const Buyer& buyer : buyers) likelihood.add(buyer);
  Slope<4> slope = likelihood.total();
  const std::array parameters{model.r, model.alpha, model.a, model.b};
  const auto n = static_cast<double>(buyers.size());
  slope.value /= n;
  for (std::size_t i = 0; i < 4; ++i) slope.gradient[i] *= parameters[i] / n;
  return slope;
}

bool possible(const Buyer& b) noexcept {
  return b.repeats >= 0 && b.last >= 0 && b.last <= b.watched && b.watched < infinity && (b.repeats > 0 || b.last == 0);
}

struct Seen {
  double repeats = 0;
  double watched = 0;
  double most = 0;
};
Seen seen_of(std::span<const Buyer> buyers) noexcept {
  Seen seen;
  for (const Buyer& buyer : buyers) {
    seen.repeats += buyer.repeats;
    seen.watched += buyer.watched;
    seen.most = std::max(seen.most, buyer.repeats);
  }
  return seen;
}

}  // namespace

BuyingFit fit_buying(std::span<const Buyer> buyers) {
  BuyingFit fit;
  if (buyers.empty()) return fit;
  const Seen seen = seen_of(buyers);
  const bool usable = std::all_of(buyers.begin(), buyers.end(), possible) && seen.repeats > 0 && seen.watched > 0;
  fit.status = usable ? Status::ok : Status::insufficient_data;
  if (!usable) return fit;
  // A rate of purchases as seen, half of which end it: every parameter is then of the right order.
  const std::array<double, 4> start{0, std::log(seen.watched / seen.repeats), 0, 0};
  const auto most = static_cast<std::size_t>(seen.most);
  const auto slope_at = [&](const std::array<double, 4>& logs) { return mean_slope(buyers, most, logs); };
  const Summit<4> summit = climb<4>(slope_at, start, 1e-9);
  if (!summit.found) {
    fit.status = Status::not_converged;
    return fit;
  }
  fit.model = from_logs(summit.at);
  fit.log_likelihood = summit.value * static_cast<double>(buyers.size());
  return fit;
}

double chance_active(const BuyingModel& model, const Buyer& buyer) noexcept {
  if (buyer.repeats <= 0) return 1;
  const double wait = std::log((model.alpha + buyer.watched) / (model.alpha + buyer.last));
  const double odds_gone = model.a / (model.b + buyer.repeats - 1) * std::exp((model.r + buyer.repeats) * wait);
  return 1 / (1 + odds_gone);
}

double expected_purchases(const BuyingModel& model, const Buyer& buyer, double horizon) {
  const BetaLogit leaving(model.a, model.b + buyer.repeats);
  const auto density = [&](double u) { return leaving.log_density(u); };
  std::vector<double> breaks;
  append_breaks(breaks, density, leaving.peak(), leaving.width());
  const Panels panels(std::move(breaks), 1e-9);
  const double rate = horizon / (model.alpha + buyer.watched);
  const double shape = model.r + buyer.repeats;
  std::vector<double> values;
  for (const double u : panels.nodes()) {
    const UnitPoint p = from_logit(u);
    values.push_back(std::exp(leaving.log_density(p)) * -std::expm1(-shape * std::log1p(p.x * rate)) / p.x);
  }
  return chance_active(model, buyer) * panels.integral(values);
}

}  // namespace touchstone::stats
