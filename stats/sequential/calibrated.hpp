#pragma once

#include <cstdint>
#include <span>

namespace touchstone::stats {

/// The normal-mixture curve with its threshold solved for the looks that will really be taken: the same shape as the
/// always-valid boundary, lower by what an experiment with a last day does not need. z bound at look k:
/// mixture_critical(units_k, rho2, log_threshold).
///
/// The log threshold at which the two-sided crossing probability over these looks is exactly alpha.
[[nodiscard]] double calibrated_log_threshold(std::span<const double> units, double rho2, double alpha);

/// The two-sided crossing probability over these looks at a given threshold; with ln(1/alpha), what the uncalibrated
/// sequence really uses.
[[nodiscard]] double crossing_probability(std::span<const double> units, double rho2, double log_threshold);

/// Continuous monitoring from t0 units on, for ever (Robbins 1970; Bibaut, Kallus and Lindon 2022): the log threshold L
/// of 2 (1 - Phi(z0)) + e^{-L} (2 Phi(z0/sqrt(1 + t0 rho2)) - 1) = alpha, z0 the bound at t0.
[[nodiscard]] double delayed_start_log_threshold(double t0, double rho2, double alpha);

}  // namespace touchstone::stats
