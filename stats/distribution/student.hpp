#pragma once

#include "stats/estimate.hpp"

namespace touchstone::stats {

/// P(|T| > |t|), P(T > t) and P(T < t).
struct StudentTails {
  Tail two_sided;
  Tail upper;
  Tail lower;
};
[[nodiscard]] StudentTails student_tails(double t, double df) noexcept;

/// P(T > t) for Student's t with df > 0 (not necessarily whole) degrees of freedom.
[[nodiscard]] Tail student_upper(double t, double df) noexcept;
[[nodiscard]] Tail student_two_sided(double t, double df) noexcept;
/// t with P(T > t) = q, 0 < q < 1.
[[nodiscard]] double student_upper_quantile(double q, double df) noexcept;

}  // namespace touchstone::stats
