#include <cmath>

#include <nlohmann/json.hpp>

#include "stats/fixed/cuped.hpp"
#include "stats/fixed/quantile.hpp"
#include "stats/fixed/ratio.hpp"
#include "tests/stats/reference/table.hpp"

namespace touchstone::stats::reference {
namespace {

using nlohmann::json;

Moments group(double sum, double m2, std::int64_t n) {
  const auto count = static_cast<double>(n);
  const double mean = sum / count;
  return {n, mean, m2, undefined, std::fma(-mean, count, sum) / count};
}

PairMoments arm(const json& in) {
  const std::int64_t n = in.at("n");
  return {group(in.at("sum_y"), in.at("m2_y"), n), group(in.at("sum_x"), in.at("m2_x"), n), in.at("c_yx")};
}

json lift_fields(const Lift& lift, double alpha) {
  return {{"lift", number(lift.estimate)},
          {"se_lift", number(lift.se)},
          {"ci_lift", pair(z_test(lift.estimate, lift.se, alpha).interval)}};
}

json test_fields(const ZTest& test) {
  json out{{"diff", test.estimate}, {"se", test.se}};
  if (test.status != Status::ok) return out;
  out.update(
      {{"z", test.z}, {"p", test.two_sided.p}, {"log10_p", test.two_sided.log10_p}, {"ci", pair(test.interval)}});
  return out;
}

json adjusted_fields(const Adjusted& adjusted, double theta, double alpha) {
  json out{{"theta", theta},
           {"mean_a_adj", adjusted.a.mean},
           {"mean_b_adj", adjusted.b.mean},
           {"var_a_adj", adjusted.a.variance},
           {"var_b_adj", adjusted.b.variance}};
  out.update(test_fields(adjusted.difference));
  out.update(lift_fields(adjusted.lift, alpha));
  return out;
}

}  // namespace

json ratio_delta(const json& row) {
  const json& in = row.at("inputs");
  const double alpha = in.at("alpha");
  const RatioComparison result = compare_ratios(arm(in.at("a")), arm(in.at("b")), alpha);
  json out{{"status", name(result.status)}};
  if (result.status != Status::ok && result.status != Status::zero_variance) return out;
  out.update({{"ratio_a", result.a.ratio},
              {"ratio_b", result.b.ratio},
              {"var_ratio_a", result.a.variance},
              {"var_ratio_b", result.b.variance}});
  out.update(test_fields(result.difference));
  out.update(lift_fields(result.lift, alpha));
  return out;
}

json cuped(const json& row) {
  const json& in = row.at("inputs");
  const double alpha = in.at("alpha");
  const PairMoments a = arm(in.at("a"));
  const PairMoments b = arm(in.at("b"));
  const double within = slope_within_arms(a, b);
  const double over_all = slope_over_all(a, b);
  const Adjusted adjusted = adjust(a, b, within, within, alpha);
  if (adjusted.status != Status::ok) return {{"status", name(adjusted.status)}};
  const Adjusted unadjusted = adjust(a, b, 0, 0, alpha);
  const Adjusted lin = adjust(a, b, slope_of(a), slope_of(b), alpha);
  return {{"status", name(adjusted.status)},
          {"pooled_within", adjusted_fields(adjusted, within, alpha)},
          {"joint", adjusted_fields(adjust(a, b, over_all, over_all, alpha), over_all, alpha)},
          {"lin", {{"theta_a", slope_of(a)}, {"theta_b", slope_of(b)}, {"diff", lin.difference.estimate}}},
          {"unadjusted", {{"diff", unadjusted.difference.estimate}, {"se", unadjusted.difference.se}}},
          {"variance_reduction", variance_reduction(a, b, adjusted)}};
}

json quantile_clustered(const json& row) {
  const json& in = row.at("inputs");
  const double nu = in.at("nu");
  const RankInterval ranks = quantile_ranks(nu, in.at("n_events"));
  const QuantileClusters clusters{in.at("n_clusters"), in.at("n_events"), in.at("sum_indicator"),
                                  in.at("var_s"),      in.at("var_n"),    in.at("cov_sn")};
  const QuantileError error = quantile_error(nu, {in.at("q_lower"), in.at("q_upper")}, clusters);
  return {{"rank_lower", ranks.lower},           {"rank_upper", ranks.upper},   {"se_iid", error.se_independent},
          {"var_ibar_cluster", error.var_share}, {"deff", error.design_effect}, {"se_clustered", error.se}};
}

}  // namespace touchstone::stats::reference
