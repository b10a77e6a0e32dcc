#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "service/judge/novelty.hpp"
#include "service/judge/study.hpp"
#include "service/simulate/random.hpp"
#include "tests/service/judge/kinds.hpp"
#include "tests/service/judge/season.hpp"
#include "tests/service/judge/streams.hpp"

/// How often novelty alarms where the lift is the same on every day, looked at 25 times as units complete their days:
/// p < .05 ever in .05 of the streams at most, and at the limit of .001 in .001 of them, each and 4.5 binomial standard
/// errors. Units differ much, and are steady: the days of one hang together. One visit a day at most counts, which
/// bends a lift a little.
namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;

constexpr int kTimes = 25;
constexpr int kDays = 14;

struct Habits {
  std::string name;
  double effect = 1;       ///< of treatment, on every day
  double last_effect = 1;  ///< on the last day; another than `effect` is a novelty
  double rate = 0.2;       ///< visits on the first day
  double habit = 5;        ///< days in which the rate falls to a third
  double spread = 0;       ///< sigma of the lognormal value of a visit; 0: visits are counted
  double share = 0.5;      ///< of treatment
  int units = 120;         ///< a look
};

ByAge lived(const Habits& of, bool treated, simulate::Random& random) {
  ByAge age;
  const double keen = random.gamma(0.5) / 0.5;
  for (int day = 0; day < kDays; ++day) {
    const double effect = of.effect + (of.last_effect - of.effect) * day / (kDays - 1);
    const double rate = of.rate * std::exp(-day / of.habit) * (treated ? effect : 1);
    if (!random.chance(1 - std::exp(-rate * keen))) continue;
    const auto amount = of.spread > 0 ? std::llrint(100 * random.lognormal(20, of.spread)) : 1;
    age.total += amount;
    age.first += day * amount;
    age.second += day * (day * amount);
  }
  return age;
}

struct Alarms {
  bool small = false;
  bool ever = false;
};

Alarms alarms(const Habits& course, int stream) {
  const judge::Season like{.looks = kTimes, .users = course.units};
  const simulate::Trial trial = like.trial();
  const std::vector metrics{
      within(metric(trial.metrics.front().key, storage::MetricKind::sum, "buy"), 0h, kDays * 24h)};
  simulate::Random random(seed_of(course.name + "#" + std::to_string(stream)));
  const Cells cells(shape_of(trial.experiment, metrics));
  AgeCells ages(metrics, cells.shape);
  ages.hold(static_cast<std::size_t>(kTimes) * static_cast<std::size_t>(course.units));
  Facts facts;
  const Asked asked;
  Alarms found;
  std::uint32_t slot = 0;
  for (int look = 0; look < kTimes; ++look) {
    const Time entered = kStart + look * 24h;
    for (int i = 0; i < course.units; ++i) {
      const bool treated = random.chance(course.share);
      const Participation part{.exposed_at = entered, .variant = treated ? 1U : 0U, .exposures = 1};
      const ByAge age = lived(course, treated, random);
      ages.add(slot++, part, {&age, 1});
    }
    facts.ages = ages.completed(entered + (kDays + 1) * 24h);
    const Check check = novelty(Case{trial.experiment, metrics, cells, facts, asked}, facts.ages.front());
    found.small |= check.value.value_or(1) < 0.05;
    found.ever |= check.level != CheckLevel::ok;
  }
  return found;
}

struct Counted {
  int small = 0;
  int ever = 0;
};

Counted counted(const Habits& course) {
  Counted all;
  for (int stream = 0; stream < streams(); ++stream) {
    const Alarms found = alarms(course, stream);
    all.small += found.small ? 1 : 0;
    all.ever += found.ever ? 1 : 0;
  }
  testing::Test::RecordProperty(course.name, std::to_string(all.small) + " " + std::to_string(all.ever));
  return all;
}

class Novelties : public testing::TestWithParam<Habits> {};

TEST_P(Novelties, CryNoWolf) {
  const Counted found = counted(GetParam());
  EXPECT_LE(found.small, streams() * (0.05 + allowance(0.05, streams())));
  EXPECT_LE(found.ever, streams() * (0.001 + allowance(0.001, streams())));
}

INSTANTIATE_TEST_SUITE_P(Cells, Novelties,
                         testing::Values(Habits{.name = "steady"},
                                         Habits{.name = "lift", .effect = 1.4, .last_effect = 1.4},
                                         Habits{.name = "no_habit", .habit = 1e9},
                                         Habits{.name = "rare", .rate = 0.02, .habit = 3},
                                         Habits{.name = "small_arm", .effect = 0.8, .last_effect = 0.8, .share = 0.1},
                                         Habits{.name = "spend", .effect = 1.2, .last_effect = 1.2, .spread = 1.5}),
                         [](const auto& course) { return course.param.name; });

/// +60 % on the first day, nothing on the last.
TEST(Novelty, IsFoundInMostCourses) {
  EXPECT_GT(counted({.name = "novelty", .effect = 1.6, .last_effect = 1, .rate = 0.4, .habit = 20, .units = 240}).ever,
            streams() * 0.8);
}

}  // namespace
}  // namespace touchstone::judge
