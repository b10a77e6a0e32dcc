#include "service/judge/strict.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "service/judge/gathered.hpp"
#include "stats/sequential/strict.hpp"

namespace touchstone::judge {
namespace {

using stats::StrictEvidence;

/// Of treatment, among the units of both arms of a phase.
double treated_share(const Case& of, std::size_t phase, std::size_t variant) {
  const auto& weights = of.experiment.phases[phase].weights;
  return static_cast<double>(weights[variant]) / static_cast<double>(weights[variant] + weights[of.control()]);
}

/// The units that a figure may lie apart where nothing is known of it: in the metric's own unit.
double widest(const Case& of, std::size_t metric) {
  if (of.as_share(metric)) return 1;
  const storage::Metric& asked = of.metrics[metric];
  if (asked.score)
    return static_cast<double>(scored(*asked.score, asked.score->highest) - scored(*asked.score, asked.score->lowest));
  return static_cast<double>(*level_top(asked)) / std::pow(10.0, of.decimals(metric));
}

/// Half of the widest is the most that a standard deviation can be.
double deviation(const Case& of, std::size_t metric) {
  const auto& named = of.plan().method.deviations;
  const auto found = named.find(of.metrics[metric].key);
  return found == named.end() ? widest(of, metric) / 2 : found->second;
}

/// How large the bets are: matched to what the plan is to find by its end. Fixed before the first look.
double bet_size(const Case& of, std::size_t variant, double spread) {
  const double q = treated_share(of, 0, variant);
  const double of_arms = q > 0 && q < 1 ? q * (1 - q) : 0.25;
  return std::sqrt(32.85 / (of.planned_pair().value_or(kUsualUnits) * of_arms * spread * spread));
}

/// The largest of both sides so far, and the look at which one sufficed first.
struct Course {
  StrictEvidence best;
  StrictEvidence now{};
  std::size_t decided;
  double enough;
  int side = 0;

  void take(const StrictEvidence& seen, std::size_t look) {
    now = seen;
    best = {std::max(best.log_e_up, now.log_e_up), std::max(best.log_e_down, now.log_e_down)};
    if (side != 0 || largest() < enough) return;
    side = now.log_e_up > now.log_e_down ? 1 : -1;
    decided = look;
  }
  [[nodiscard]] double largest() const { return std::max(best.log_e_up, best.log_e_down); }
};

Course course(const Case& of, std::size_t looks) {
  return {.best = {}, .decided = looks, .enough = std::log(2 / of.plan().alpha)};
}

stats::ConversionTick tick_of(const Look& look) {
  const auto converted = static_cast<std::int64_t>(look.treatment.sums.y.s1);
  return {look.with_value(),
          look.treatment.sums.y.n,
          converted + static_cast<std::int64_t>(look.control.sums.y.s1),
          converted,
          0,
          look.phase};
}

Course tilted(const Case& of, std::size_t metric, std::size_t variant, std::span<const Look> looks) {
  Course found = course(of, looks.size());
  stats::ConversionTilt walk(bet_size(of, variant, deviation(of, metric)));
  for (std::size_t k = 0; k < looks.size(); ++k) {
    walk.add(tick_of(looks[k]));
    found.take(walk.evidence(), k);
  }
  return found;
}

/// What a bin of units stands for, in steps: a level, or a score's answer. The last bin of a score is of no answer.
std::vector<double> steps_of(const storage::Metric& metric) {
  std::vector<double> steps;
  if (metric.score)
    for (int answer = metric.score->lowest; answer <= metric.score->highest; ++answer)
      steps.push_back(static_cast<double>(scored(*metric.score, answer)));
  else
    for (std::size_t level = 0; level < kLevels; ++level) steps.push_back(static_cast<double>(level));
  return steps;
}

/// Bets on the arm of each unit, given its step; their centre is the mean of those who entered before.
class Betting {
 public:
  Betting(double size, std::vector<double> steps) : walk_(size), steps_(std::move(steps)) {}

  StrictEvidence enter(const Look& look, double treated) {
    const double centre = units_ > 0 ? sum_ / units_ : 0;
    for (std::size_t s = 0; s < steps_.size(); ++s) {
      const std::int64_t a = s < look.control.bins.size() ? look.control.bins[s] : 0;
      const std::int64_t b = s < look.treatment.bins.size() ? look.treatment.bins[s] : 0;
      if (a + b == 0) continue;
      walk_.add(steps_[s] - centre, a, b, treated);
      units_ += static_cast<double>(a + b);
      sum_ += static_cast<double>(a + b) * steps_[s];
    }
    return walk_.evidence();
  }

 private:
  stats::ArmBetting walk_;
  std::vector<double> steps_;
  double units_ = 0;
  double sum_ = 0;
};

Course bet(const Case& of, std::size_t metric, std::size_t variant, std::span<const Look> looks) {
  Course found = course(of, looks.size());
  std::vector<double> steps = steps_of(of.metrics[metric]);
  const double spread = deviation(of, metric) / widest(of, metric) * (steps.back() - steps.front());
  Betting walk(bet_size(of, variant, spread), std::move(steps));
  for (std::size_t k = 0; k < looks.size(); ++k)
    found.take(walk.enter(looks[k], treated_share(of, looks[k].phase, variant)), k);
  return found;
}

/// What is shown of a difference: its sign, or nothing.
stats::Interval shown(const Course& found) {
  return {found.side > 0 ? 0 : -stats::infinity, found.side < 0 ? 0 : stats::infinity};
}

}  // namespace

bool bets_on(const Case& of, std::size_t metric) {
  const storage::Metric& asked = of.metrics[metric];
  if (!by_looks(of, metric) || asked.covariate) return false;
  return of.as_share(metric) || asked.score || level_top(asked);
}

Watched strictly_watched(const Case& of, std::size_t metric, std::size_t variant, std::span<const Look> looks) {
  Watched watched;
  watched.method = of.as_share(metric) ? "hypergeometric_tilt" : "arm_betting";
  if (looks.empty()) return watched;
  watched.until = looks.back().end;
  const Course found = of.as_share(metric) ? tilted(of, metric, variant, looks) : bet(of, metric, variant, looks);
  watched.evidence = found.best;
  watched.evidence_now = found.now;
  if (found.decided < looks.size()) watched.decided_at = looks[found.decided].end;
  for (stats::Estimate* estimate : {&watched.effect.absolute, &watched.effect.relative}) {
    estimate->status = stats::Status::ok;
    estimate->interval = shown(found);
    estimate->p = std::min(1.0, 2 * std::exp(-found.largest()));
  }
  return watched;
}

}  // namespace touchstone::judge
