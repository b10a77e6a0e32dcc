#include "stats/sequential/spending.hpp"

#include <cmath>
#include <numbers>

#include "stats/distribution/normal.hpp"

namespace touchstone::stats {

double spent(const Spending& spending, double alpha, double t) noexcept {
  if (t <= 0) return 0;
  if (t >= 1) return alpha;
  const double g = spending.parameter;
  switch (spending.kind) {
    case SpendingKind::obrien_fleming:
      return 2 * normal_upper(normal_upper_quantile(alpha / 2) / std::sqrt(t)).p;
    case SpendingKind::pocock:
      return alpha * std::log1p((std::numbers::e - 1) * t);
    case SpendingKind::kim_demets:
      return alpha * std::pow(t, g);
    case SpendingKind::hwang_shih_decani:
      return g == 0 ? alpha * t : alpha * std::expm1(-g * t) / std::expm1(-g);
  }
  return alpha;
}

double spent_at(const Spending& spending, double alpha, std::span<const double> information, std::size_t k) noexcept {
  const double before = k == 0 ? 0 : spent(spending, alpha, information[k - 1]);
  return spent(spending, alpha, information[k]) - before;
}

}  // namespace touchstone::stats
