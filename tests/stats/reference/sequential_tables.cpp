#include <cmath>

#include <nlohmann/json.hpp>

#include "stats/sequential/confidence_sequence.hpp"
#include "tests/stats/reference/table.hpp"

namespace touchstone::stats::reference {
namespace {

using nlohmann::json;

json look_fields(const SequenceLook& seen, double estimate) {
  return {{"halfwidth", seen.half_width},
          {"ci", pair({estimate - seen.half_width, estimate + seen.half_width})},
          {"log_e", seen.log_e},
          {"anytime_p", seen.p.p},
          {"log10_anytime_p", seen.p.log10_p}};
}

json sequence(double estimate, double se, double units, double rho2, double alpha) {
  json out = look_fields(look(estimate, se, units, rho2, alpha), estimate);
  out["rho"] = std::sqrt(rho2);
  return out;
}

}  // namespace

json always_valid_means(const json& row) {
  const json& in = row.at("inputs");
  const double n_a = in.at("n_a");
  const double n_b = in.at("n_b");
  const double alpha = in.at("alpha");
  const double n_star = in.at("n_star");
  const double diff = in.at("mean_b").get<double>() - in.at("mean_a").get<double>();
  const double se = std::sqrt(in.at("var_a").get<double>() / n_a + in.at("var_b").get<double>() / n_b);
  const double units = n_a + n_b;
  const double one_sided = mixture_critical_one_sided(units, mixture_rho2_approximate(2 * alpha, n_star), alpha);
  json ratio_test = look_fields(msprt(diff, se, in.at("msprt_tau"), alpha), diff);
  ratio_test["log_lambda"] = ratio_test.at("log_e");
  return {{"diff", diff},
          {"se", se},
          {"asymp_cs_approx_rho", sequence(diff, se, units, mixture_rho2_approximate(alpha, n_star), alpha)},
          {"asymp_cs_exact_rho", sequence(diff, se, units, mixture_rho2(alpha, n_star), alpha)},
          {"asymp_cs_one_sided_halfwidth", se * one_sided},
          {"msprt", ratio_test}};
}

}  // namespace touchstone::stats::reference
