#include <cmath>
#include <map>

#include <nlohmann/json.hpp>

#include "tests/stats/reference/table.hpp"

namespace touchstone::stats::reference {

using nlohmann::json;

Answer answer_for(const std::string& table) {
  static const std::map<std::string, Answer> answers{
      {"welch_means", welch_means},
      {"moments_from_raw", moments_from_raw},
      {"proportions", proportions},
      {"srm", srm_counts},
      {"multiple_testing", multiple_testing},
      {"always_valid_means", always_valid_means},
      {"distribution_tails", distribution_tails},
      {"beta_binomial", beta_binomial},
      {"beta_best_of_many", beta_best_of_many},
      {"normal_best_of_many", normal_best_of_many},
      {"normal_posterior", normal_posterior},
      {"ratio_delta", ratio_delta},
      {"cuped", cuped},
      {"quantile_clustered", quantile_clustered},
      {"noninferiority_equivalence", noninferiority_equivalence},
      {"interaction_2x2", interaction_2x2},
      {"segment_heterogeneity", segment_heterogeneity},
      {"gamma_poisson", gamma_poisson},
      {"anytime_calibrated", anytime_calibrated},
      {"group_sequential_spending", group_sequential_spending},
      {"group_sequential_designs", group_sequential_designs},
      {"confseq_boundaries", confseq_boundaries},
      {"power_sample_size", power_sample_size},
  };
  const auto found = answers.find(table);
  return found == answers.end() ? nullptr : found->second;
}

json number(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return value > 0 ? "+inf" : "-inf";
  return value;
}

json pair(const Interval& interval) {
  if (!interval.known()) return nullptr;
  return json::array({number(interval.low), number(interval.high)});
}

}  // namespace touchstone::stats::reference
