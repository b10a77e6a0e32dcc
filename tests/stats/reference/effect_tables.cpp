#include <vector>

#include <nlohmann/json.hpp>

#include "stats/bayes/gamma_poisson.hpp"
#include "stats/fixed/heterogeneity.hpp"
#include "stats/fixed/interaction.hpp"
#include "stats/fixed/margin.hpp"
#include "stats/numeric/tail.hpp"
#include "tests/stats/reference/table.hpp"

namespace touchstone::stats::reference {
namespace {

using nlohmann::json;

CrossedCell cell(const json& in) { return {in.at("n"), in.at("mean"), in.at("var")}; }

}  // namespace

json noninferiority_equivalence(const json& row) {
  const json& in = row.at("inputs");
  const MarginTest test =
      margin_test(in.at("diff"), in.at("se"), in.at("margin"), in.at("alpha"), in.at("higher_is_better"));
  return {{"p_noninferior", test.non_inferior.p},
          {"log10_p_noninferior", test.non_inferior.log10_p},
          {"p_superior", test.p_superior},
          {"p_tost", test.p_equivalent},
          {"ci_1_minus_2alpha", pair(test.interval)},
          {"noninferior", test.is_non_inferior},
          {"equivalent", test.is_equivalent}};
}

json interaction_2x2(const json& row) {
  const json& in = row.at("inputs");
  const CrossedCells cells{cell(in.at("cell_00")), cell(in.at("cell_01")), cell(in.at("cell_10")),
                           cell(in.at("cell_11"))};
  const ZTest effect = interaction(cells, 0.05);
  const AssignmentTest assignment = assignment_independence(cells);
  return {{"interaction", effect.estimate},
          {"se", effect.se},
          {"z", effect.z},
          {"p", effect.two_sided.p},
          {"log10_p", effect.two_sided.log10_p},
          {"assignment_chi2", assignment.chi2},
          {"assignment_p", assignment.p.p},
          {"assignment_log10_p", assignment.p.log10_p}};
}

json segment_heterogeneity(const json& row) {
  const json& in = row.at("inputs");
  std::vector<SegmentEffect> segments;
  for (std::size_t i = 0; i < in.at("estimate").size(); ++i) {
    segments.push_back({in.at("estimate").at(i), in.at("se").at(i)});
  }
  const Heterogeneity result = heterogeneity(segments);
  return {{"fixed_mean", result.fixed_mean},
          {"fixed_se", result.fixed_se},
          {"q", result.q},
          {"df", result.df},
          {"p", number(result.p.p)},
          {"i2", result.i2},
          {"tau2_dl", result.tau2},
          {"random_mean", result.random_mean},
          {"random_se", result.random_se},
          {"eb_shrunk", result.shrunk}};
}

json gamma_poisson(const json& row) {
  const json& in = row.at("inputs");
  const GammaPosterior prior{in.at("prior_shape"), in.at("prior_rate")};
  const std::int64_t events_a = in.at("events_a");
  const std::int64_t events_b = in.at("events_b");
  const double exposure_a = in.at("exposure_a");
  const double exposure_b = in.at("exposure_b");
  const GammaPosterior a = posterior(events_a, exposure_a, prior);
  const GammaPosterior b = posterior(events_b, exposure_b, prior);
  const PosteriorComparison result = compare(a, b);
  const RateTest test = compare_rates(events_a, exposure_a, events_b, exposure_b);
  const double log_e = rates_log_e(events_a, exposure_a, events_b, exposure_b, 100);
  return {{"post_mean_a", a.mean()},
          {"post_mean_b", b.mean()},
          {"p_b_gt_a", result.better.p},
          {"p_a_gt_b", result.worse.p},
          {"log10_p_b_gt_a", result.better.log10_p},
          {"log10_p_a_gt_b", result.worse.log10_p},
          {"expected_loss_choose_b", result.loss_b},
          {"expected_loss_choose_a", result.loss_a},
          {"cond_binom_p_greater", number(test.greater.p)},
          {"cond_binom_p_less", number(test.less.p)},
          {"cond_binom_p_two_sided_doubled", number(test.p_two_sided)},
          {"log_e_beta_mixture_conc100", number(log_e)},
          {"anytime_p_conc100", number(anytime_p(log_e).p)}};
}

}  // namespace touchstone::stats::reference
