#include <vector>

#include <nlohmann/json.hpp>

#include "stats/distribution/normal.hpp"
#include "stats/distribution/student.hpp"
#include "stats/fixed/fisher.hpp"
#include "stats/fixed/lift.hpp"
#include "stats/fixed/proportion.hpp"
#include "stats/fixed/welch.hpp"
#include "stats/multiplicity.hpp"
#include "stats/numeric/exact_total.hpp"
#include "stats/numeric/tail.hpp"
#include "stats/srm.hpp"
#include "tests/stats/reference/table.hpp"

namespace touchstone::stats::reference {
namespace {

using nlohmann::json;

Moments arm(const json& in) { return {in.at("n"), in.at("mean"), in.at("m2"), undefined}; }

json lift_interval(const Lift& lift, double critical) {
  return pair({lift.estimate - critical * lift.se, lift.estimate + critical * lift.se});
}

Interval bounded_or_unknown(const Interval& interval) { return interval.bounded() ? interval : Interval{}; }

}  // namespace

json welch_means(const json& row) {
  const json& in = row.at("inputs");
  const Moments a = arm(in.at("a"));
  const Moments b = arm(in.at("b"));
  const double alpha = in.at("alpha");
  const WelchTest test = welch(a, b);
  json out{{"status", name(test.status)},
           {"diff", number(test.difference)},
           {"var_a", number(a.variance())},
           {"var_b", number(b.variance())},
           {"se", number(test.se)}};
  if (test.status != Status::ok) return out;
  const double z = normal_upper_quantile(alpha / 2);
  const double t = student_upper_quantile(alpha / 2, test.df);
  const Tail p_z = normal_two_sided(test.t);
  out.update({{"t", test.t},
              {"df", test.df},
              {"p_t", test.two_sided.p},
              {"log10_p_t", test.two_sided.log10_p},
              {"p_t_greater", test.greater.p},
              {"p_t_less", test.less.p},
              {"ci_t", pair(t_interval(test, alpha))},
              {"p_z", p_z.p},
              {"log10_p_z", p_z.log10_p},
              {"ci_z", pair(z_interval(test.difference, test.se, alpha))}});
  const std::vector strata{MeanStratum{a, b}};
  const ComparedMeans means = compare(strata);
  const Lift lift = lift_delta(means.a, means.b);
  if (a.mean == 0) return out;
  out.update({{"lift", lift.estimate},
              {"se_lift", lift.se},
              {"ci_lift_delta_z", lift_interval(lift, z)},
              {"ci_lift_delta_t", lift_interval(lift, t)},
              {"p_lift_delta_z", normal_two_sided(lift.estimate / lift.se).p},
              {"fieller_g", fieller_g(means.a, z)},
              {"ci_lift_fieller_z", pair(bounded_or_unknown(fieller(means.difference, a.mean, means.own, z)))}});
  return out;
}

json moments_from_raw(const json& row) {
  const std::vector<double> values = row.at("inputs").at("values");
  const Moments group = moments(values);
  json out{{"n", group.n}};
  if (values.empty()) return out;
  double sum_of_squares = 0;
  for (const double value : values) sum_of_squares += value * value;
  out.update({{"sum", number(exact_total(values))},
              {"mean", group.mean},
              {"m2", number(group.m2)},
              {"var", number(group.variance())},
              {"naive_sum_squares_double", number(sum_of_squares)}});
  return out;
}

json proportions(const json& row) {
  const json& in = row.at("inputs");
  const Proportion a{in.at("x_a"), in.at("n_a")};
  const Proportion b{in.at("x_b"), in.at("n_b")};
  const double alpha = in.at("alpha");
  const ProportionTest test = compare(a, b);
  if (test.status != Status::ok) return {{"status", name(test.status)}};
  const ArmMean mean_a = arm_mean(a);
  const Lift lift = lift_delta(mean_a, arm_mean(b));
  const OddsRatio odds = woolf(a, b, alpha);
  const FisherTest exact = fisher(a, b);
  return {{"status", name(test.status)},
          {"p_a", test.rate_a},
          {"p_b", test.rate_b},
          {"diff", test.difference},
          {"z_pooled", number(test.z_pooled)},
          {"p_pooled", number(test.pooled.p)},
          {"log10_p_pooled", number(test.pooled.log10_p)},
          {"p_pooled_greater", number(test.pooled_greater.p)},
          {"se_unpooled", test.se_unpooled},
          {"z_unpooled", number(test.z_unpooled)},
          {"p_unpooled", number(test.unpooled.p)},
          {"log10_p_unpooled", number(test.unpooled.log10_p)},
          {"ci_wald", pair(wald(a, b, alpha))},
          {"wilson_a", pair(wilson(a, alpha))},
          {"wilson_b", pair(wilson(b, alpha))},
          {"ci_newcombe", pair(newcombe(a, b, alpha))},
          {"ci_agresti_caffo", pair(agresti_caffo(a, b, alpha))},
          {"ci_rr_katz", pair(katz(a, b, alpha))},
          {"odds_ratio", number(odds.estimate)},
          {"ci_or_woolf", pair(odds.interval)},
          {"lift", number(lift.estimate)},
          {"se_lift", number(lift.se)},
          {"ci_lift_delta", pair(z_interval(lift.estimate, lift.se, alpha))},
          {"clopper_pearson_a", pair(clopper_pearson(a, alpha))},
          {"clopper_pearson_b", pair(clopper_pearson(b, alpha))},
          {"p_fisher_two_sided", exact.two_sided.p},
          {"log10_p_fisher_two_sided", exact.two_sided.log10_p},
          {"p_fisher_greater", exact.greater.p}};
}

json srm_counts(const json& row) {
  const json& in = row.at("inputs");
  const std::vector<std::int64_t> counts = in.at("counts");
  const std::vector<double> weights = in.at("weights");
  const SrmTest test = srm(counts, weights);
  if (test.status != Status::ok) return {{"status", name(test.status)}};
  const double arms = test.df + 1;
  const double uniform = srm_log_e(counts, weights, arms);
  const double concentrated = srm_log_e(counts, weights, 10000);
  return {{"status", name(test.status)},
          {"chi2", test.chi2},
          {"df", test.df},
          {"p", test.p.p},
          {"log10_p", test.p.log10_p},
          {"g_stat", test.g},
          {"p_g", test.g_p.p},
          {"log10_p_g", test.g_p.log10_p},
          {"log_bf_uniform_k", uniform},
          {"anytime_p_uniform_k", anytime_p(uniform).p},
          {"log_bf_conc_10000", concentrated},
          {"anytime_p_conc_10000", anytime_p(concentrated).p}};
}

json multiple_testing(const json& row) {
  const std::vector<double> p = row.at("inputs").at("p");
  return {{"bonferroni", bonferroni(p)}, {"sidak", sidak(p)},           {"holm", holm(p)},
          {"hochberg", hochberg(p)},     {"bh", benjamini_hochberg(p)}, {"by", benjamini_yekutieli(p)}};
}

}  // namespace touchstone::stats::reference
