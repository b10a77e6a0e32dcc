#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "stats/estimate.hpp"

/// Sample ratio mismatch: did each variant get its planned share of units?
namespace touchstone::stats {

/// Units per variant in one phase and the planned weights of that phase (any positive scale). The variants stand in the
/// same order in every phase.
struct Split {
  std::vector<std::int64_t> counts;
  std::vector<double> weights;
};

/// A variant that received units although its weight was zero at the time.
struct Stray {
  std::size_t variant = 0;
  std::int64_t units = 0;
};

struct SrmTest {
  Status status = Status::no_data;  ///< out_of_range: counts and weights of different length, or a negative entry
  double chi2 = undefined;
  int df = 0;  ///< variants with positive weight, minus one
  Tail p;
  double g = undefined;  ///< likelihood-ratio statistic, one phase only
  Tail g_p;
  std::vector<double> expected;  ///< planned units per variant, summed over phases
  std::vector<Stray> strays;     ///< not part of the test: even one is a defect
};

/// Pearson chi-square at one look.
[[nodiscard]] SrmTest srm(std::span<const std::int64_t> counts, std::span<const double> weights);

/// Over phases: observed minus expected counts summed over phases, measured with their exact covariance
/// sum_h n_h (diag(w_h) - w_h w_h'). One phase gives Pearson's statistic exactly.
[[nodiscard]] SrmTest srm(std::span<const Split> phases);

/// Sequential test (Lindon and Malek 2020): ln of the Dirichlet(c w)-multinomial over the multinomial(w), at this look.
[[nodiscard]] double srm_log_e(std::span<const std::int64_t> counts, std::span<const double> weights,
                               double concentration);

struct SequentialSrm {
  Status status = Status::no_data;
  double log_e = undefined;
  Tail p;  ///< min(1, 1/e); the running minimum over looks is the anytime p
};

/// The default alarm: average of the e-values over c in {10, 100, 1000, 10000}, each multiplied over phases. Valid at
/// every look; the alarm stands at p <= 0.001.
[[nodiscard]] SequentialSrm sequential_srm(std::span<const Split> phases);

}  // namespace touchstone::stats
