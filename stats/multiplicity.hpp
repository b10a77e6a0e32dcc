#pragma once

#include <span>
#include <vector>

/// Adjusted p-values in the order given (R's p.adjust). A NaN (not computable) is not a test: it stays NaN and is not
/// counted. Reject where adjusted <= alpha.
namespace touchstone::stats {

[[nodiscard]] std::vector<double> bonferroni(std::span<const double> p);
[[nodiscard]] std::vector<double> sidak(std::span<const double> p);
/// Step-down, any dependence; the default over goals x variants. Valid on anytime p as well.
[[nodiscard]] std::vector<double> holm(std::span<const double> p);
/// Step-up, positive dependence.
[[nodiscard]] std::vector<double> hochberg(std::span<const double> p);
/// False discovery rate, positive dependence (Benjamini and Hochberg 1995).
[[nodiscard]] std::vector<double> benjamini_hochberg(std::span<const double> p);
/// False discovery rate, any dependence (Benjamini and Yekutieli 2001).
[[nodiscard]] std::vector<double> benjamini_yekutieli(std::span<const double> p);
/// False discovery rate from e-values under any dependence, also where one test's stop depends on the others (e-BH,
/// Wang and Ramdas 2022, JRSS B 84, section 4): the k largest are rejected if the k-th is at least tests/(k alpha),
/// hence Benjamini-Hochberg on 1/e. Takes ln e; answers the smallest alpha that rejects, at most 1.
[[nodiscard]] std::vector<double> e_benjamini_hochberg(std::span<const double> log_e);

}  // namespace touchstone::stats
