#include "service/judge/families.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "service/judge/figure.hpp"
#include "stats/fixed/dunnett.hpp"
#include "stats/multiplicity.hpp"

namespace touchstone::judge {
namespace {

using storage::MetricRole;
using Family = std::vector<Comparison*>;

Family family(std::span<Comparison> all, MetricRole role) {
  Family found;
  for (Comparison& made : all)
    if (made.row.role == role) found.push_back(&made);
  return found;
}

template <class Of>
std::vector<double> each(const Family& family, Of&& of) {
  std::vector<double> found;
  for (const Comparison* made : family) found.push_back(of(*made));
  return found;
}

double one_look(const Comparison& made) { return made.fixed.absolute.p; }
double anytime(const Comparison& made) { return made.always_valid.absolute.p; }
double log_e(const Comparison& made) { return made.log_e.value_or(stats::undefined); }

void tell_one_look(const Family& family, const std::vector<double>& p) {
  for (std::size_t i = 0; i < family.size(); ++i) family[i]->row.fixed.p_adjusted = figure(p[i]);
}
void tell_anytime(const Family& family, const std::vector<double>& p) {
  for (std::size_t i = 0; i < family.size(); ++i) family[i]->row.always_valid.p_adjusted = figure(p[i]);
}

bool computable(const Comparison* made) { return !std::isnan(one_look(*made)) && made->row.fixed.statistic; }

/// Of the control's mean, in that of the difference: what all treatments have in common.
double common_part(const Case& of, const Comparison& made) {
  const Arm& control = made.row.arms[0];
  const Arm& treatment = made.row.arms[1];
  const auto n = static_cast<double>(control.n);
  const auto m = static_cast<double>(treatment.n);
  if (of.as_share(made.metric)) return m / (n + m);  // one variance for both
  const double of_control = control.variance.value_or(0) / n;
  return of_control / (of_control + treatment.variance.value_or(0) / m);
}

stats::ManyToOne law_of(const Case& of, const Family& treatments) {
  stats::ManyToOne law;
  for (const Comparison* made : treatments) {
    law.lambda.push_back(std::sqrt(common_part(of, *made)));
    law.df = std::min(law.df, made->row.fixed.df.value_or(stats::infinity));
  }
  return law;
}

/// Whether the treatments of a goal have one control in one stratum.
bool many_to_one(const Case& of, std::size_t metric) {
  return of.cells.shape.phases == 1 && !of.metrics[metric].covariate;
}

/// Adjusted for the treatments of one goal.
void adjust_goal(const Case& of, const Family& treatments, std::size_t goals) {
  Family known = treatments;
  std::erase_if(known, [](const Comparison* made) { return !computable(made); });
  if (known.empty()) return;
  const bool shared = many_to_one(of, known.front()->metric);
  const stats::ManyToOne law = shared ? law_of(of, known) : stats::ManyToOne{};
  for (Comparison* made : known) {
    const double p = shared ? stats::many_to_one_upper(law, std::abs(*made->row.fixed.statistic))
                            : one_look(*made) * static_cast<double>(known.size());
    made->row.fixed.p_adjusted = std::min(1.0, p * static_cast<double>(goals));
    made->row.fixed.correction = shared ? "dunnett" : "bonferroni";
  }
}

void dunnett(const Case& of, const Family& goals) {
  std::map<std::size_t, Family> by_metric;
  for (Comparison* made : goals) by_metric[made->metric].push_back(made);
  std::erase_if(by_metric, [](const auto& goal) { return std::ranges::none_of(goal.second, computable); });
  for (const auto& [metric, treatments] : by_metric) adjust_goal(of, treatments, by_metric.size());
}

}  // namespace

void correct(const Case& of, std::span<Comparison> all) {
  const storage::Corrections& asked = of.plan().corrections;
  const Family goals = family(all, MetricRole::goal);
  if (asked.goals == storage::GoalCorrection::dunnett)
    dunnett(of, goals);
  else
    tell_one_look(goals, stats::holm(each(goals, one_look)));
  tell_anytime(goals, stats::holm(each(goals, anytime)));
  const Family secondaries = family(all, MetricRole::secondary);
  tell_one_look(secondaries, stats::benjamini_hochberg(each(secondaries, one_look)));
  tell_anytime(secondaries, asked.secondaries == storage::SecondaryCorrection::e_benjamini_hochberg
                                ? stats::e_benjamini_hochberg(each(secondaries, log_e))
                                : stats::benjamini_hochberg(each(secondaries, anytime)));
}

}  // namespace touchstone::judge
