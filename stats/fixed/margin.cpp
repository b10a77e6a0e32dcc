#include "stats/fixed/margin.hpp"

#include <algorithm>

#include "stats/distribution/normal.hpp"

namespace touchstone::stats {

MarginTest margin_test(double difference, double se, double margin, double alpha, bool higher_is_better) noexcept {
  const double gain = higher_is_better ? difference : -difference;
  MarginTest test;
  test.non_inferior = normal_upper((gain + margin) / se);
  test.p_superior = normal_upper(gain / se).p;
  test.p_equivalent = std::max(test.non_inferior.p, normal_upper((margin - gain) / se).p);
  const double half = normal_upper_quantile(alpha) * se;
  test.interval = {difference - half, difference + half};
  test.is_non_inferior = test.non_inferior.p <= alpha;
  test.is_equivalent = test.p_equivalent <= alpha;
  return test;
}

}  // namespace touchstone::stats
