#pragma once

#include "stats/estimate.hpp"

namespace touchstone::stats {

/// An estimate whose standard error is taken as known: z = estimate / se.
struct ZTest {
  Status status = Status::no_data;  ///< zero_variance: estimate and se stand, z is undefined
  double estimate = undefined;
  double se = undefined;
  double z = undefined;
  Tail two_sided;
  Interval interval;
};
[[nodiscard]] ZTest z_test(double estimate, double se, double alpha) noexcept;

}  // namespace touchstone::stats
