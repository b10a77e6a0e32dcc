#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "stats/estimate.hpp"

/// The reference tables: what our functions answer to a row's inputs, in the row's own field names.
namespace touchstone::stats::reference {

using Answer = nlohmann::json (*)(const nlohmann::json& row);

/// The function for a table by the name in its header; null where the table is not implemented.
[[nodiscard]] Answer answer_for(const std::string& table);

nlohmann::json welch_means(const nlohmann::json& row);
nlohmann::json moments_from_raw(const nlohmann::json& row);
nlohmann::json proportions(const nlohmann::json& row);
nlohmann::json srm_counts(const nlohmann::json& row);
nlohmann::json multiple_testing(const nlohmann::json& row);
nlohmann::json always_valid_means(const nlohmann::json& row);
nlohmann::json distribution_tails(const nlohmann::json& row);
nlohmann::json beta_binomial(const nlohmann::json& row);
nlohmann::json beta_best_of_many(const nlohmann::json& row);
nlohmann::json normal_best_of_many(const nlohmann::json& row);
nlohmann::json normal_posterior(const nlohmann::json& row);
nlohmann::json ratio_delta(const nlohmann::json& row);
nlohmann::json cuped(const nlohmann::json& row);
nlohmann::json quantile_clustered(const nlohmann::json& row);
nlohmann::json noninferiority_equivalence(const nlohmann::json& row);
nlohmann::json interaction_2x2(const nlohmann::json& row);
nlohmann::json segment_heterogeneity(const nlohmann::json& row);
nlohmann::json gamma_poisson(const nlohmann::json& row);
nlohmann::json anytime_calibrated(const nlohmann::json& row);
nlohmann::json group_sequential_spending(const nlohmann::json& row);
nlohmann::json group_sequential_designs(const nlohmann::json& row);
nlohmann::json confseq_boundaries(const nlohmann::json& row);
nlohmann::json power_sample_size(const nlohmann::json& row);

/// [low, high], or null where it is not known.
nlohmann::json pair(const Interval& interval);
/// The number, or null for NaN; infinities as the tables write them.
nlohmann::json number(double value);

}  // namespace touchstone::stats::reference
