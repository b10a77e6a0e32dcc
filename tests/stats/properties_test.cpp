// What must hold of every comparison, whatever the numbers: a change of unit, of zero, of the order or the names of the
// arms, or of the way the data came in says nothing about who won.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "stats/effect.hpp"
#include "stats/fixed/cuped.hpp"
#include "stats/fixed/ratio.hpp"
#include "stats/multiplicity.hpp"
#include "stats/posterior.hpp"
#include "stats/sequential/two_keys.hpp"
#include "stats/srm.hpp"
#include "tests/property.hpp"

namespace touchstone::stats {
namespace {

using tests::always;
using Amounts = std::vector<std::int64_t>;
using Means = std::vector<MeanStratum>;
using Rates = std::vector<ProportionStratum>;

/// Amounts of 3 to 40 units in hundredths.
Amounts amounts() {
  auto drawn = *rc::gen::container<Amounts>(rc::gen::inRange<std::int64_t>(-9'999, 100'000));
  drawn.insert(drawn.end(), {100, 250, 475});
  return drawn;
}

Sums summed(const Amounts& all) {
  Sums sums;
  for (const std::int64_t amount : all) sums.add(amount);
  return sums;
}

Moments arm() { return moments(summed(amounts()), 2); }

Means strata() {
  Means all(*rc::gen::inRange<std::size_t>(1, 4));
  for (MeanStratum& stratum : all) stratum = {arm(), arm()};
  return all;
}

Proportion rate() {
  const auto units = *rc::gen::inRange<std::int64_t>(2, 100'000);
  return {*rc::gen::inRange<std::int64_t>(0, units + 1), units};
}

PairMoments pair() {
  PairSums sums;
  for (const std::int64_t amount : amounts()) sums.add(amount, 1'000 + *rc::gen::inRange<std::int64_t>(0, 5'000));
  return moments(sums, 2, 2);
}

bool near(double a, double b, double tolerance = 1e-9) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return a == b || std::abs(a - b) <= tolerance * std::fmax(1, std::fmax(std::abs(a), std::abs(b)));
}

/// Both tests of means that a report knows; each property is one of both.
std::vector<Effect> effects(const Means& all) { return {compare_means(all, 0.05), always_valid_means(all, {})}; }
std::vector<Effect> effects(const Rates& all) {
  return {compare_proportions(all, 0.05), always_valid_proportions(all, {})};
}

TEST(Properties, AChangeOfUnitScalesTheChangeAndLeavesTheRest) {
  always([] {
    const Means before = strata();
    const double factor = std::ldexp(1.0, *rc::gen::inRange(-30, 30));
    Means after = before;
    for (MeanStratum& s : after) s = {scaled(s.a, factor), scaled(s.b, factor)};
    const auto told = effects(before);
    const auto again = effects(after);
    for (std::size_t i = 0; i < told.size(); ++i) {
      RC_ASSERT(near(again[i].absolute.estimate, factor * told[i].absolute.estimate));
      RC_ASSERT(near(again[i].absolute.interval.low, factor * told[i].absolute.interval.low));
      RC_ASSERT(near(again[i].absolute.p, told[i].absolute.p));
      RC_ASSERT(near(again[i].relative.estimate, told[i].relative.estimate));
    }
    RC_ASSERT(near(keys(after).first, keys(before).first));
    RC_ASSERT(near(keys(after).second, keys(before).second));
  });
}

TEST(Properties, AShiftOfEverybodyChangesNoDifference) {
  always([] {
    const Means before = strata();
    const auto shift = static_cast<double>(*rc::gen::inRange(-1'000, 1'000));
    Means after = before;
    for (MeanStratum& s : after) s = {shifted(s.a, shift), shifted(s.b, shift)};
    const auto told = effects(before);
    const auto again = effects(after);
    for (std::size_t i = 0; i < told.size(); ++i) {
      RC_ASSERT(near(again[i].absolute.estimate, told[i].absolute.estimate, 1e-7));
      RC_ASSERT(near(again[i].absolute.p, told[i].absolute.p, 1e-6));
    }
    RC_ASSERT(near(keys(after).z, keys(before).z, 1e-6));
  });
}

TEST(Properties, ArmsThatChangePlacesChangeTheSign) {
  always([] {
    Means forth = strata();
    Rates rise(*rc::gen::inRange<std::size_t>(1, 4));
    for (ProportionStratum& stratum : rise) stratum = {rate(), rate()};
    Means back = forth;
    Rates fall = rise;
    for (MeanStratum& s : back) std::swap(s.a, s.b);
    for (ProportionStratum& s : fall) std::swap(s.a, s.b);
    auto told = effects(forth);
    auto again = effects(back);
    for (const Effect& effect : effects(rise)) told.push_back(effect);
    for (const Effect& effect : effects(fall)) again.push_back(effect);
    for (std::size_t i = 0; i < told.size(); ++i) {
      RC_ASSERT(near(again[i].absolute.estimate, -told[i].absolute.estimate));
      RC_ASSERT(near(again[i].absolute.interval.low, -told[i].absolute.interval.high, 1e-7));
      RC_ASSERT(near(again[i].absolute.p, told[i].absolute.p));
    }
    RC_ASSERT(near(keys(back).first, -keys(forth).first));
    RC_ASSERT(near(keys(back).second, -keys(forth).second));
  });
}

TEST(Properties, ValuesOfTheOtherSignChangeTheSign) {
  always([] {
    const Means before = strata();
    Means after = before;
    for (MeanStratum& s : after) s = {scaled(s.a, -1), scaled(s.b, -1)};
    const auto told = effects(before);
    const auto again = effects(after);
    for (std::size_t i = 0; i < told.size(); ++i) {
      RC_ASSERT(near(again[i].absolute.interval.high, -told[i].absolute.interval.low));
      RC_ASSERT(near(again[i].absolute.p, told[i].absolute.p));
    }
    RC_ASSERT(near(keys(after).first, -keys(before).first));
  });
}

TEST(Properties, ShardsGiveTheSameBits) {
  always([] {
    const Amounts all = amounts();
    std::vector<Sums> shards(4);
    for (std::size_t i = 0; i < all.size(); ++i) shards[*rc::gen::inRange<std::size_t>(0, 4)].add(all[i]);
    std::rotate(shards.begin(), shards.begin() + *rc::gen::inRange(0, 4), shards.end());
    Sums merged;
    for (const Sums& shard : shards) merged.merge(shard);
    RC_ASSERT(merged == summed(all));
  });
}

TEST(Properties, TheOrderOfVariantsMovesTheirAnswersAlong) {
  always([] {
    std::vector<std::size_t> order(*rc::gen::inRange<std::size_t>(2, 6));
    std::vector<std::int64_t> counts(order.size());
    std::vector<double> weights(order.size());
    std::vector<double> p(order.size());
    std::vector<NormalPosterior> posteriors(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      order[i] = i;
      counts[i] = *rc::gen::inRange<std::int64_t>(1, 5'000);
      weights[i] = *rc::gen::inRange(1, 100);
      p[i] = *rc::gen::inRange(0, 1'001) / 1'000.0;
      posteriors[i] = {*rc::gen::inRange(-30, 30) / 10.0, *rc::gen::inRange(1, 20) / 10.0};
    }
    std::rotate(order.begin(), order.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, 6) % std::ssize(order),
                order.end());
    const auto moved = [&](const auto& all) {
      auto result = all;
      for (std::size_t i = 0; i < order.size(); ++i) result[i] = all[order[i]];
      return result;
    };
    const BestOfMany best = best_of_many(posteriors);
    const BestOfMany best_moved = best_of_many(moved(posteriors));
    RC_ASSERT(near(srm(moved(counts), moved(weights)).chi2, srm(counts, weights).chi2));
    RC_ASSERT(moved(holm(p)) == holm(moved(p)));
    RC_ASSERT(moved(benjamini_hochberg(p)) == benjamini_hochberg(moved(p)));
    for (std::size_t i = 0; i < order.size(); ++i) {
      RC_ASSERT(near(best_moved.chance_best[i], best.chance_best[order[i]]));
    }
  });
}

TEST(Properties, AFurtherConversionSpeaksForItsArm) {
  always([] {
    const Proportion a = rate();
    Proportion b = rate();
    b.conversions = std::min(b.conversions, b.units - 1);
    Proportion more = b;
    ++more.conversions;
    const Effect before = compare_proportions(Rates{{a, b}}, 0.05);
    const Effect after = compare_proportions(Rates{{a, more}}, 0.05);
    RC_ASSERT(after.absolute.interval.low >= before.absolute.interval.low - 1e-9);
    RC_ASSERT(after.absolute.interval.high >= before.absolute.interval.high - 1e-9);
    const auto chance = [&](const Proportion& arm_b) { return compare(posterior(a), posterior(arm_b)); };
    RC_ASSERT(chance(more).better.p >= chance(b).better.p - 1e-9);
    RC_ASSERT(chance(more).loss_b <= chance(b).loss_b + 1e-9);
  });
}

TEST(Properties, AStricterLevelMakesWiderIntervals) {
  always([] {
    const Means all = strata();
    const Rates rates{{rate(), rate()}};
    const double alpha = *rc::gen::inRange(1, 400) / 1'000.0;
    RC_ASSERT(compare_means(all, alpha / 2).absolute.interval.low <= compare_means(all, alpha).absolute.interval.low);
    const auto narrow = compare_proportions(rates, alpha).absolute.interval;
    const auto wide = compare_proportions(rates, alpha / 2).absolute.interval;
    RC_ASSERT(wide.low <= narrow.low + 1e-9);
    RC_ASSERT(wide.high >= narrow.high - 1e-9);
  });
}

TEST(Properties, AdjustedChancesKeepTheirOrderAndOnlyGrow) {
  always([] {
    std::vector<double> p;
    for (const int one : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1'001))) p.push_back(one / 1'000.0);
    for (auto* const adjust : {&bonferroni, &sidak, &holm, &hochberg, &benjamini_hochberg, &benjamini_yekutieli}) {
      const auto adjusted = adjust(p);
      for (std::size_t i = 0; i < p.size(); ++i) {
        RC_ASSERT(adjusted[i] >= p[i] - 1e-15);
        for (std::size_t j = 0; j < p.size(); ++j) RC_ASSERT(p[i] > p[j] || adjusted[i] <= adjusted[j] + 1e-15);
      }
    }
  });
}

TEST(Properties, ACovariateInAnotherUnitAdjustsTheSame) {
  always([] {
    const PairMoments a = pair();
    const PairMoments b = pair();
    const auto rescaled = [](PairMoments arm) {
      arm.x = shifted(scaled(arm.x, 8), 5);
      arm.cxy *= 8;
      return arm;
    };
    const double theta = slope_within_arms(a, b);
    const Adjusted told = adjust(a, b, theta, theta, 0.05);
    const double theta_again = slope_within_arms(rescaled(a), rescaled(b));
    const Adjusted again = adjust(rescaled(a), rescaled(b), theta_again, theta_again, 0.05);
    RC_ASSERT(near(theta_again * 8, theta));
    RC_ASSERT(near(again.difference.estimate, told.difference.estimate, 1e-7));
    RC_ASSERT(near(again.difference.se, told.difference.se, 1e-7));
  });
}

TEST(Properties, ARatioTurnedInsideOutKeepsItsOrder) {
  always([] {
    const PairMoments a = pair();
    const PairMoments b = pair();
    const RatioComparison forth = compare_ratios(a, b, 0.05);
    const RatioComparison back = compare_ratios(b, a, 0.05);
    RC_ASSERT(near(forth.difference.estimate, -back.difference.estimate));
    RC_ASSERT(near(forth.a.variance, back.b.variance));
  });
}

}  // namespace
}  // namespace touchstone::stats
