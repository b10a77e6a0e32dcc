// Q2 to Q5 and Q9 of the assignment quality gates: what a draw must be. Seeds are fixed; every band holds 99.9 % of the
// outcomes of a perfect draw.

#include <algorithm>
#include <bitset>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "assign/draw.hpp"
#include "stats/distribution/gamma.hpp"
#include "stats/distribution/normal.hpp"
#include "tests/assign/quality/population.hpp"
#include "tests/assign/salts.hpp"

namespace touchstone::assign {
namespace {

using tests::association;
using tests::band;
using tests::IdStyle;
using tests::population;
using tests::salt;

constexpr std::size_t units = 20'000;
constexpr std::size_t experiments = 60;

class ForEachIdStyle : public testing::TestWithParam<IdStyle> {};
INSTANTIATE_TEST_SUITE_P(Quality, ForEachIdStyle, testing::ValuesIn(tests::id_styles));

/// Largest distance between the p-values' distribution and the uniform one, times the root of their number.
double kolmogorov(std::vector<double> p_values) {
  std::sort(p_values.begin(), p_values.end());
  const auto n = static_cast<double>(p_values.size());
  double distance = 0;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    distance = std::max(distance, p_values[i] - static_cast<double>(i) / n);
    distance = std::max(distance, static_cast<double>(i + 1) / n - p_values[i]);
  }
  return distance * std::sqrt(n);
}

// Upper 0.1 % point of Kolmogorov's distribution (any table of it).
constexpr double kolmogorov_1_per_mille = 1.9495;

void expect_uniform(const std::vector<double>& p_values, std::size_t buckets) {
  const auto rejected =
      static_cast<std::size_t>(std::count_if(p_values.begin(), p_values.end(), [](double p) { return p < 0.01; }));
  EXPECT_LE(rejected, band(p_values.size(), 0.01).most) << buckets << " buckets";
  EXPECT_LT(kolmogorov(p_values), kolmogorov_1_per_mille) << buckets << " buckets";
}

TEST_P(ForEachIdStyle, Q2FillsEverySlotAlike) {
  constexpr std::size_t salts = 200;
  constexpr std::size_t most = 100'000;
  const auto ids = population(GetParam(), most);
  std::vector<double> coarse;
  std::vector<double> fine;
  for (std::size_t s = 0; s < salts; ++s) {
    const Draw draw(salt(1'000 + s));
    std::vector<double> hundred(100);
    std::vector<double> ten_thousand(10'000);
    for (const auto& id : ids) {
      const Slot slot = draw(id);
      hundred[slot / 10'000] += 1;
      ten_thousand[slot / 100] += 1;
    }
    coarse.push_back(tests::fit(hundred, std::vector<double>(100, most / 100.0)));
    fine.push_back(tests::fit(ten_thousand, std::vector<double>(10'000, most / 10'000.0)));
  }
  expect_uniform(coarse, 100);
  expect_uniform(fine, 10'000);
}

TEST(Quality, Q3KeepsThePlannedSplitOfAMillion) {
  const auto ids = population(IdStyle::user_counter, 1'000'000);
  const std::vector<std::vector<Slot>> splits = {
      {500'000, 1'000'000}, {333'333, 666'666, 1'000'000}, {900'000, 1'000'000}, {10'000, 20'000, 1'000'000}};
  for (std::size_t s = 0; s < 12; ++s) {
    const auto& ends = splits[s % splits.size()];
    const Draw draw(salt(2'000 + s));
    std::vector<double> seen(ends.size());
    for (const auto& id : ids)
      seen[static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), draw(id)) - ends.begin())] += 1;
    std::vector<double> planned;
    for (std::size_t i = 0; i < ends.size(); ++i) planned.push_back(ends[i] - (i == 0 ? 0 : ends[i - 1]));
    EXPECT_GE(tests::fit(seen, planned), 0.0005) << "salt " << s;
  }
}

/// Who is in the upper half of each draw.
using Members = std::vector<std::bitset<units>>;

Members upper_halves(IdStyle style, std::size_t first_salt, Slot from = slot_count / 2) {
  const auto ids = population(style, units);
  Members members(experiments);
  for (std::size_t e = 0; e < experiments; ++e) {
    const Draw draw(salt(first_salt + e));
    for (std::size_t i = 0; i < units; ++i) members[e][i] = draw(ids[i]) >= from;
  }
  return members;
}

/// Rate of correlated pairs and the largest correlation, against what chance allows.
class Pairs {
 public:
  void add(const std::bitset<units>& a, const std::bitset<units>& b) {
    const auto found = association(units, static_cast<double>(a.count()), static_cast<double>(b.count()),
                                   static_cast<double>((a & b).count()));
    ++all_;
    correlated_ += found.p < 0.001 ? 1U : 0U;
    largest_ = std::max(largest_, std::abs(found.phi));
  }

  void expect_independent() const {
    EXPECT_LE(correlated_, band(all_, 0.001).most) << "of " << all_;
    EXPECT_LT(largest_, largest_by_chance());
  }

 private:
  /// What the largest of so many correlations stays below in 99.9 % of perfect runs: 0.035 of 1,770 pairs. (0.03 would
  /// fail four perfect runs in a hundred.)
  [[nodiscard]] double largest_by_chance() const {
    return stats::normal_upper_quantile(0.0005 / static_cast<double>(all_)) / std::sqrt(static_cast<double>(units));
  }

  std::size_t all_ = 0;
  std::size_t correlated_ = 0;
  double largest_ = 0;
};

TEST_P(ForEachIdStyle, Q4SixtyExperimentsAreIndependentInPairs) {
  const auto members = upper_halves(GetParam(), 3'000);
  Pairs pairs;
  for (std::size_t a = 0; a < experiments; ++a)
    for (std::size_t b = a + 1; b < experiments; ++b) pairs.add(members[a], members[b]);
  pairs.expect_independent();
}

/// p-value of k experiments being independent together.
double joint_fit(const Members& members, std::size_t first, std::size_t k) {
  std::vector<double> seen(std::size_t{1} << k);
  for (std::size_t i = 0; i < units; ++i) {
    std::size_t cell = 0;
    for (std::size_t e = 0; e < k; ++e) cell |= static_cast<std::size_t>(members[first + e][i]) << e;
    seen[cell] += 1;
  }
  double sum = 0;
  for (std::size_t cell = 0; cell < seen.size(); ++cell) {
    double expected = units;
    for (std::size_t e = 0; e < k; ++e) {
      const double share = static_cast<double>(members[first + e].count()) / units;
      expected *= (cell >> e & 1U) != 0 ? share : 1 - share;
    }
    sum += (seen[cell] - expected) * (seen[cell] - expected) / expected;
  }
  const auto freedom = static_cast<double>(seen.size() - 1 - k);
  return stats::chi_square_upper(sum, freedom).p;
}

TEST_P(ForEachIdStyle, Q4ThreeFiveAndEightTogetherToo) {
  const auto members = upper_halves(GetParam(), 3'000);
  for (const std::size_t k : {3U, 5U, 8U}) {
    std::size_t rejected = 0;
    std::size_t windows = 0;
    for (std::size_t first = 0; first + k <= experiments; first += k, ++windows)
      rejected += joint_fit(members, first, k) < 0.01 ? 1U : 0U;
    EXPECT_LE(rejected, band(windows, 0.01).most) << k << " together";
  }
}

TEST_P(ForEachIdStyle, Q5EntryDoesNotTellTheVariant) {
  const auto entered = upper_halves(GetParam(), 4'000, 900'000);
  const auto treated = upper_halves(GetParam(), 5'000);
  Pairs pairs;
  for (std::size_t e = 0; e < experiments; ++e) pairs.add(entered[e], treated[e]);
  pairs.expect_independent();
}

TEST_P(ForEachIdStyle, Q9LayersAreOrthogonal) {
  const auto entered = upper_halves(GetParam(), 6'000, 700'000);
  Pairs pairs;
  for (std::size_t a = 0; a < experiments; ++a)
    for (std::size_t b = a + 1; b < experiments; ++b) pairs.add(entered[a], entered[b]);
  pairs.expect_independent();
}

}  // namespace
}  // namespace touchstone::assign
