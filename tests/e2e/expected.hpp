#pragma once

#include <string>

#include <nlohmann/json.hpp>

/// Reports beside the figures of the shared data's expected.json (recomputed with scipy). Tolerances are those of the
/// data's README.
namespace touchstone::e2e {

inline constexpr double from_counts = 1e-9;  ///< relative, of figures from counts
inline constexpr double from_tails = 1e-6;   ///< of tail and posterior probabilities

void expect_close(const nlohmann::json& computed, const nlohmann::json& given, double tolerance,
                  const std::string& what);

/// The row of a metric and variant; null, and a failure, where there is none.
nlohmann::json row_of(const nlohmann::json& report, const std::string& metric, const std::string& variant);
nlohmann::json check_of(const nlohmann::json& report, const std::string& code, const std::string& metric = "");

/// Every comparison of one metric of expected.json against the report's rows.
void expect_metric(const nlohmann::json& report, const std::string& metric, const nlohmann::json& expected);

}  // namespace touchstone::e2e
