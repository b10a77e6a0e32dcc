#include "service/judge/watch.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>
#include <vector>

#include "service/judge/gathered.hpp"
#include "service/judge/strata.hpp"
#include "service/judge/strict.hpp"
#include "service/judge/watch_memory.hpp"
#include "stats/sequential/conversions.hpp"
#include "stats/sequential/values.hpp"

namespace touchstone::judge {
namespace {

using stats::ConversionTick;
using stats::ValueLook;
using stats::ValueTick;

stats::ErrorBudget budget(const Case& of) { return {of.plan().alpha, of.plan().alpha / 10}; }

double number(std::int64_t count) { return static_cast<double>(count); }

double seconds(Micros duration) { return std::chrono::duration<double>(duration).count(); }

/// How far the plan has come at the end of a look: by units where it counts units, by time where it has a last day.
double spent_by(const Case& of, Time end, std::int64_t units) {
  const Time origin = of.cells.shape.clock.origin;
  const auto& horizon = of.plan().horizon;
  if (horizon.units || !horizon.ends_at) return number(units) / of.planned_pair().value_or(kUsualUnits);
  return seconds(end - origin) / seconds(std::max(*horizon.ends_at - origin, of.cells.shape.clock.length));
}

std::vector<ConversionTick> conversion_ticks(const Case& of, std::span<const Look> looks) {
  std::vector<ConversionTick> ticks;
  std::int64_t units = 0;
  for (const Look& look : looks) {
    units += look.units();
    const auto converted = static_cast<std::int64_t>(look.treatment.sums.y.s1);
    const auto of_both = converted + static_cast<std::int64_t>(look.control.sums.y.s1);
    ticks.push_back(
        {look.with_value(), look.treatment.sums.y.n, of_both, converted, spent_by(of, look.end, units), look.phase});
  }
  return ticks;
}

/// The information of two arms, nA nB/(nA + nB) within a phase, in units of an even split. A boundary asks for this
/// clock: time or mere units would let a ramp look again and again at the same share of the plan.
class Information {
 public:
  double add(const Look& look) {
    if (phases_.size() <= look.phase) phases_.resize(look.phase + 1);
    phases_[look.phase].control += look.control.sums.y.n;
    phases_[look.phase].treatment += look.treatment.sums.y.n;
    double units = 0;
    for (const Arms& arms : phases_) units += 4 * stats::harmonic_weight(arms.control, arms.treatment);
    return units;
  }

 private:
  struct Arms {
    std::int64_t control = 0;
    std::int64_t treatment = 0;
  };
  std::vector<Arms> phases_;
};

/// `moments_of_arm` says what is compared of those who entered.
template <class MomentsOf>
std::vector<ValueTick> value_ticks(const Case& of, std::span<const Look> looks, MomentsOf&& moments_of_arm) {
  const double planned = of.planned_pair().value_or(kUsualUnits);
  std::vector<ValueTick> ticks;
  Information information;
  for (const Look& look : looks)
    ticks.push_back({{moments_of_arm(look.control.sums), moments_of_arm(look.treatment.sums)},
                     information.add(look) / planned,
                     look.phase});
  return ticks;
}

/// A ratio, or the slope of a covariate, belongs to all units so far: those of one look have none of their own.
std::vector<ValueLook> pair_looks(const Case& of, std::size_t metric, std::span<const Look> looks) {
  const double planned = of.planned_pair().value_or(kUsualUnits);
  std::vector<ValueLook> all;
  std::vector<stats::CovariateStratum> phases;
  Information information;
  for (const Look& look : looks) {
    phases.resize(std::max(phases.size(), look.phase + 1));
    phases[look.phase].a.merge(look.control.sums);
    phases[look.phase].b.merge(look.treatment.sums);
    all.push_back({mean_strata(of, metric, phases), information.add(look) / planned});
  }
  return all;
}

stats::Interval minus_one(const stats::Interval& ratio) { return {ratio.low - 1, ratio.high - 1}; }

stats::Effect without(stats::Status status) {
  stats::Effect effect;
  effect.absolute.status = effect.relative.status = status;
  return effect;
}

/// From the means, or rates, of control and treatment.
stats::Effect effect_of(double control, double treatment, const stats::Interval& difference,
                        const stats::Interval& ratio, double p) {
  stats::Effect effect = without(stats::Status::ok);
  effect.absolute.estimate = treatment - control;
  effect.absolute.interval = difference;
  effect.relative.interval = minus_one(ratio);
  effect.absolute.p = effect.relative.p = p;
  if (!(control > 0))
    effect.relative.status = stats::Status::baseline_not_positive;
  else if (!ratio.known())
    effect.relative.status = stats::Status::out_of_range;
  else
    effect.relative.estimate = treatment / control - 1;
  return effect;
}

/// `decided` counts from 0; the number of ticks: nothing is.
struct Judged {
  stats::Effect effect;
  std::size_t decided = 0;
};

Judged judged(const Case& of, std::span<const ConversionTick> ticks) {
  const stats::ConversionVerdict verdict = stats::judge_conversions(ticks, budget(of));
  if (verdict.status != stats::Status::ok) return {without(verdict.status), verdict.decided_at};
  const double p = stats::conversions_anytime_p(ticks, budget(of));
  return {effect_of(verdict.rate_a, verdict.rate_b, verdict.difference, verdict.ratio, p), verdict.decided_at};
}

Judged judged(const Case& of, const stats::ValueVerdict& verdict) {
  if (verdict.status != stats::Status::ok) return {without(verdict.status), verdict.decided_at};
  const double p = stats::values_anytime_p(verdict.evidence, budget(of));
  return {effect_of(verdict.mean_a, verdict.mean_b, verdict.difference, verdict.ratio, p), verdict.decided_at};
}

Judged judged(const Case& of, std::size_t metric, std::span<const Look> looks) {
  if (of.as_share(metric)) return judged(of, conversion_ticks(of, looks));
  if (paired(of.metrics[metric])) return judged(of, stats::judge_values(pair_looks(of, metric, looks), budget(of)));
  const auto values = [&](const stats::RatioSums& sums) { return moments_of(of, metric, sums); };
  return judged(of, stats::judge_values(value_ticks(of, looks, values), budget(of)));
}

std::int64_t entered(const Case& of, std::size_t variant) {
  return of.total(&Cell::analysed, of.control()) + of.total(&Cell::analysed, variant);
}

Watched remembered(const Case& of, std::size_t metric, std::size_t variant, const std::vector<Look>& looks) {
  WatchMemory* const memory = of.facts.memory.get();
  if (memory == nullptr) return watch_until(of, metric, variant, looks);
  if (const Watched* known = memory->recall(metric, variant, looks)) return *known;
  Watched watched = watch_until(of, metric, variant, looks);
  memory->keep(metric, variant, looks, watched);
  return watched;
}

}  // namespace

Watched watch_until(const Case& of, std::size_t metric, std::size_t variant, std::span<const Look> looks) {
  if (is_strict(of.plan().method)) return strictly_watched(of, metric, variant, looks);
  Watched watched;
  watched.method = of.as_share(metric) ? "exact_conditional_spending" : "two_keys";
  if (looks.empty()) return watched;
  watched.until = looks.back().end;
  const Judged found = judged(of, metric, looks);
  watched.effect = found.effect;
  if (found.decided < looks.size()) watched.decided_at = looks[found.decided].end;
  return watched;
}

Watched watch(const Case& of, std::size_t metric, std::size_t variant) {
  const std::vector<Look> all = looks(of, metric, variant);
  Watched watched = remembered(of, metric, variant, all);
  watched.waiting = entered(of, variant);
  for (const Look& look : all) watched.waiting -= look.units();
  if (all.empty()) watched.effect = without(watched.waiting > 0 ? stats::Status::not_mature : stats::Status::no_data);
  return watched;
}

double watched_imbalance(const Case& of, std::size_t metric, std::size_t variant) {
  const auto covariates = [&](const stats::RatioSums& sums) { return stats::moments(sums.x, of.decimals(metric)); };
  const std::vector<Look> entered = looks(of, metric, variant, storage::Window{});
  const auto found = stats::judge_values(value_ticks(of, entered, covariates), budget(of));
  return found.status == stats::Status::ok ? stats::values_anytime_p(found.evidence, budget(of)) : stats::undefined;
}

}  // namespace touchstone::judge
