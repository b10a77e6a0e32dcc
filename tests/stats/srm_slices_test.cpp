#include "stats/srm_slices.hpp"

#include <cmath>
#include <initializer_list>
#include <vector>

#include <gtest/gtest.h>

#include "tests/stats/draws.hpp"

namespace touchstone::stats {
namespace {

using Slices = std::vector<SlicePhases>;

Slices even(std::initializer_list<std::vector<std::int64_t>> counts) {
  Slices made;
  for (const auto& slice : counts) made.push_back({{slice, {1, 1}}});
  return made;
}

// Rounds played in 14 days by the players of the Cookie Cats test, below 5, 16, 51 and above: chi-square by exact
// fractions, its tail of three degrees as erfc(sqrt(x/2)) + sqrt(2x/pi) exp(-x/2).
const Slices kRounds = even({{10614, 11111}, {10897, 11150}, {12053, 11552}, {11136, 11676}});

TEST(srm_by_slice, tells_a_mix_that_the_variants_do_not_share) {
  const SliceSplits found = srm_by_slice(kRounds);
  EXPECT_EQ(found.status, Status::ok);
  EXPECT_NEAR(found.mix_chi2, 30.789181983414636, 1e-9);
  EXPECT_EQ(found.mix_df, 3);
  EXPECT_NEAR(found.mix.p, 9.41516583221022e-07, 1e-15);
  EXPECT_LT(found.p.p, 0.001);
  EXPECT_NEAR(found.rest.p, 1.615149100890634e-05, 1e-15) << "no slice alone explains it";
}

TEST(srm_by_slice, names_the_slice_that_lost_units) {
  const SliceSplits found = srm_by_slice(even({{5010, 4990}, {400, 250}, {2003, 2001}, {3050, 3010}}));
  EXPECT_LT(found.p.p, 0.001);
  EXPECT_EQ(found.worst, 1U);
  EXPECT_NEAR(found.worst_split.chi2, 150.0 * 150 / 650, 1e-9);
  EXPECT_GT(found.rest.p, 0.001);
}

// Half the product and half the mean of e-values: one slice of two hundred is not drowned, and what is spread adds up.
TEST(srm_by_slice, finds_what_one_did_and_what_many_did) {
  Slices one(200, SlicePhases{{{100, 100}, {1, 1}}});
  one[7] = {{{160, 60}, {1, 1}}};
  EXPECT_LT(srm_by_slice(one).p.p, 0.001);
  EXPECT_EQ(srm_by_slice(one).worst, 7U);
  const Slices many(40, SlicePhases{{{1090, 1000}, {1, 1}}});
  EXPECT_LT(srm_by_slice(many).p.p, 0.001);
  EXPECT_NEAR(srm_by_slice(many).mix.p, 1, 1e-12) << "alike in all slices";
}

// Each e-value alone by sequential_srm, which the reference table `srm` covers.
TEST(srm_by_slice, is_half_the_product_and_half_the_mean) {
  const Slices slices = even({{520, 480}, {300, 350}});
  const double product = sequential_srm(SlicePhases{slices[0][0], slices[1][0]}).log_e;
  const double mean = (std::exp(sequential_srm(slices[0]).log_e) + std::exp(sequential_srm(slices[1]).log_e)) / 2;
  const double e = (std::exp(product) + mean) / 2;
  EXPECT_NEAR(srm_by_slice(slices).p.p, std::min(1.0, 1 / e), 1e-12);
}

/// A ramp changes no slice's split within its phase, and phases without units of a slice say nothing.
TEST(srm_by_slice, keeps_phases_apart) {
  const Slices ramp{{{{990, 10}, {99, 1}}, {{500, 500}, {1, 1}}}, {{{0, 0}, {99, 1}}, {{700, 700}, {1, 1}}}};
  const SliceSplits found = srm_by_slice(ramp);
  EXPECT_EQ(found.p.p, 1);
  EXPECT_NEAR(found.mix_chi2, 0, 1e-12);
  EXPECT_EQ(found.mix_df, 1) << "the first phase has one slice";
}

TEST(srm_by_slice, says_by_name_what_it_cannot_tell) {
  EXPECT_EQ(srm_by_slice({}).status, Status::no_data);
  EXPECT_EQ(srm_by_slice(Slices{{{{1, 2}, {1}}}}).status, Status::out_of_range);
  const SliceSplits alone = srm_by_slice(even({{50, 52}}));
  EXPECT_TRUE(std::isnan(alone.rest.p));
  EXPECT_EQ(alone.mix_df, 0);
}

/// Looked at a hundred times in each of 400 honest experiments of six slices that come and grow unevenly.
TEST(srm_by_slice, cries_no_wolf_however_often_it_is_looked_at) {
  Draws draws(5);
  int alarms = 0;
  for (int run = 0; run < 400; ++run) {
    Slices slices(6, SlicePhases{{{0, 0}, {3, 1}}});
    bool alarm = false;
    for (int look = 0; look < 100; ++look) {
      for (int i = 0; i < 60; ++i) {
        const auto slice = static_cast<std::size_t>(6 * draws.uniform() * draws.uniform());
        slices[slice][0].counts[draws.uniform() < 0.25 ? 1 : 0] += 1;
      }
      Slices seen;
      for (const SlicePhases& slice : slices)
        if (slice[0].counts[0] + slice[0].counts[1] > 0) seen.push_back(slice);
      alarm = alarm || srm_by_slice(seen).p.p < 0.05;
    }
    alarms += alarm ? 1 : 0;
  }
  EXPECT_LE(alarms, 20) << "of 400 at a limit of .05";
}

}  // namespace
}  // namespace touchstone::stats
