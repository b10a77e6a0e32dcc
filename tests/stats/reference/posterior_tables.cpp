#include <vector>

#include <nlohmann/json.hpp>

#include "stats/posterior.hpp"
#include "tests/stats/reference/table.hpp"

namespace touchstone::stats::reference {
namespace {

using nlohmann::json;

json best_fields(const BestOfMany& best) {
  return {{"p_best", best.chance_best}, {"expected_max", best.expected_max}, {"expected_loss", best.expected_loss}};
}

BetaPrior prior_of(const json& in) { return {in.at("prior_alpha"), in.at("prior_beta")}; }

}  // namespace

json beta_binomial(const json& row) {
  const json& in = row.at("inputs");
  const BetaPosterior a = posterior(Proportion{in.at("x_a"), in.at("n_a")}, prior_of(in));
  const BetaPosterior b = posterior(Proportion{in.at("x_b"), in.at("n_b")}, prior_of(in));
  const PosteriorComparison result = compare(a, b);
  return {{"post_mean_a", a.mean()},
          {"post_mean_b", b.mean()},
          {"post_var_a", a.variance()},
          {"post_var_b", b.variance()},
          {"post_mean_diff", result.difference},
          {"p_b_gt_a", result.better.p},
          {"p_a_gt_b", result.worse.p},
          {"log10_p_b_gt_a", result.better.log10_p},
          {"log10_p_a_gt_b", result.worse.log10_p},
          {"expected_loss_choose_b", result.loss_b},
          {"expected_loss_choose_a", result.loss_a},
          {"cred_a", pair(credible(a, in.at("cred")))},
          {"cred_b", pair(credible(b, in.at("cred")))}};
}

json beta_best_of_many(const json& row) {
  const json& in = row.at("inputs");
  std::vector<BetaPosterior> arms;
  for (const json& arm : in.at("arms_x_n")) {
    arms.push_back(posterior(Proportion{arm.at(0), arm.at(1)}, prior_of(in)));
  }
  return best_fields(best_of_many(arms));
}

json normal_best_of_many(const json& row) {
  const json& in = row.at("inputs");
  std::vector<NormalPosterior> arms;
  for (std::size_t i = 0; i < in.at("mean").size(); ++i) arms.push_back({in.at("mean").at(i), in.at("sd").at(i)});
  json out = best_fields(best_of_many(arms));
  out["top_two_weights"] = top_two_weights(arms);
  return out;
}

json normal_posterior(const json& row) {
  const json& in = row.at("inputs");
  NormalPrior prior;
  prior.mean = in.at("prior_mean");
  if (!in.at("prior_sd").is_null()) prior.sd = in.at("prior_sd");
  const NormalPosterior effect = posterior(in.at("estimate"), in.at("se"), prior);
  const EffectPosterior judged = judge(effect, in.at("rope"));
  return {{"post_mean", effect.mean},
          {"post_sd", effect.sd},
          {"chance_to_win", judged.above.p},
          {"log10_chance_to_win", judged.above.log10_p},
          {"chance_to_lose", judged.below.p},
          {"log10_chance_to_lose", judged.below.log10_p},
          {"loss_choose_treatment", judged.loss_treatment.p},
          {"log10_loss_choose_treatment", judged.loss_treatment.log10_p},
          {"loss_choose_control", judged.loss_control.p},
          {"log10_loss_choose_control", judged.loss_control.log10_p},
          {"cred95", pair(credible(effect, 0.95))},
          {"p_in_rope", judged.in_rope},
          {"p_above_rope", judged.above_rope},
          {"p_below_rope", judged.below_rope},
          {"log_bf10", number(log_bayes_factor(in.at("estimate"), in.at("se"), prior))}};
}

}  // namespace touchstone::stats::reference
