#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>

#include "service/judge/measured.hpp"
#include "stats/status.hpp"

/// How a doubt about several treatments becomes one check of `trust`.
namespace touchstone::judge {

inline constexpr double kDoubtLimit = 0.001;  ///< p of what follows, if nothing is the matter

/// The smallest p of the treatments times their number, and whose it is.
inline void lower(Check& check, double p, std::size_t treatments, const std::string& variant) {
  if (std::isnan(p)) return;
  const double corrected = std::min(1.0, p * static_cast<double>(treatments));
  if (check.value && *check.value <= corrected) return;
  check.value = corrected;
  check.variant = variant;
}

/// Once all treatments have been asked.
inline void finish(Check& check) {
  if (!check.value) check.status = stats::name(stats::Status::insufficient_data);
  check.level = level(false, check.value && *check.value < *check.limit);
  if (check.level == CheckLevel::ok) check.variant.clear();
}

}  // namespace touchstone::judge
