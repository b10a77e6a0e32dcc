#include <cmath>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "stats/planning/power.hpp"
#include "stats/sequential/confidence_sequence.hpp"
#include "stats/sequential/group_sequential.hpp"
#include "tests/stats/reference/table.hpp"

namespace touchstone::stats::reference {
namespace {

using nlohmann::json;

json means(const json& in) {
  const double effect = in.at("effect_size");
  const double power = in.at("power");
  const double alpha = in.at("alpha");
  const double ratio = in.at("ratio_b_over_a");
  return {{"n_a_t_statsmodels", size_means_t(effect, power, alpha, ratio)},
          {"n_a_normal_one_tail_approx", size_means_normal(effect, power, alpha, ratio)}};
}

json rates(const json& in) {
  const double p_a = in.at("p_a");
  const double p_b = p_a * (1 + in.at("relative_lift").get<double>());
  const double power = in.at("power");
  const double alpha = in.at("alpha");
  return {{"n_per_arm_unpooled", size_rates_unpooled(p_a, p_b, power, alpha)},
          {"n_per_arm_pooled_null", size_rates_pooled(p_a, p_b, power, alpha)},
          {"n_per_arm_arcsine", size_rates_arcsine(p_a, p_b, power, alpha)}};
}

json detectable(const json& in) {
  const double p_a = in.at("p_a");
  const double rise = detectable_rise(p_a, in.at("n_per_arm"), in.at("power"), in.at("alpha"));
  return {{"mde_abs", rise}, {"mde_rel", rise / p_a}};
}

json z_power(const json& in) {
  const double effect = in.at("effect_size");
  const double n = in.at("n_per_arm");
  const double alpha = in.at("alpha");
  const ZPower z = power_z(effect, n, n, alpha);
  return {{"power", z.power}, {"type_s_error", z.type_s}, {"power_t_statsmodels", power_t(effect, n, n, alpha)}};
}

json sequence_power(const json& in) {
  const double n = in.at("n_per_arm");
  const double alpha = in.at("alpha");
  const double bound = mixture_critical(2 * n, mixture_rho2_approximate(alpha, in.at("n_star")), -std::log(alpha));
  return {{"z_bound", bound}, {"power", power_at_bound(in.at("effect_size"), n, n, bound)}};
}

double fixed_total(const json& in) {
  const double power = 1 - in.at("beta").get<double>();
  const double alpha = in.at("alpha");
  if (in.at("fn") == "getSampleSizeMeans") {
    const double effect = in.at("alternative").get<double>() / in.at("stDev").get<double>();
    return 2 * size_means_t(effect, power, alpha, 1);
  }
  return 2 * size_rates_pooled(in.at("pi2"), in.at("pi1"), power, alpha);
}

json rpact(const json& in) {
  if (in.contains("thetaH0")) {
    const double power = 1 - in.at("beta").get<double>();
    return {{"nFixed", size_rates_non_inferior(in.at("pi2"), in.at("pi1"), in.at("thetaH0"), power, in.at("alpha"))}};
  }
  const double side = in.at("alpha").get<double>() / 2;
  std::vector<double> shares;
  for (int i = 1; i <= in.at("k"); ++i) shares.push_back(i / in.at("k").get<double>());
  const Spending spending{in.at("type") == "asP" ? SpendingKind::pocock : SpendingKind::obrien_fleming, 0};
  const std::vector<double> upper = spending_bounds(shares, spending, side, true);
  Bounds bounds{{}, upper};
  for (const double z : upper) bounds.futility.push_back(-z);
  const double drift = drift_for_power(shares, bounds, in.at("beta"));
  const double total = fixed_total(in) * drift * drift / fixed_shift(side, in.at("beta"));
  return {{"maxNumberOfSubjects", total},
          {"expectedNumberOfSubjectsH0", total * operate(shares, bounds, 0).expected_information},
          {"expectedNumberOfSubjectsH1", total * operate(shares, bounds, drift).expected_information}};
}

}  // namespace

json power_sample_size(const json& row) {
  const std::string kind = row.at("kind");
  const json& in = row.at("inputs");
  if (kind == "means_two_sided") return means(in);
  if (kind == "proportions_two_sided") return rates(in);
  if (kind == "mde_proportion") return detectable(in);
  if (kind == "power_z_two_sided") return z_power(in);
  if (kind == "power_asymp_cs_at_look") return sequence_power(in);
  return kind == "rpact" ? rpact(in) : json::object();
}

}  // namespace touchstone::stats::reference
