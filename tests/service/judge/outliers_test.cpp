#include "service/judge/outliers.hpp"

#include <cmath>
#include <random>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "stats/moments.hpp"
#include "tests/service/judge/stream.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::MetricKind;

const std::vector<storage::Metric> kMetrics{metric("revenue", MetricKind::sum, "buy"),
                                            metric("score", MetricKind::mean, "buy"),
                                            metric("orders", MetricKind::count, "buy")};

/// A study whose people come, change and go as a test likes.
class People {
 public:
  void put(int person, std::string_view variant, std::span<const double> values) {
    Timeline timeline;
    timeline.exposures.push_back(exposure(variant, kStart + 1h));
    for (const double value : values)
      timeline.occurrences.push_back({.te = kStart + 2h, .value = value, .name = names_.number("buy")});
    study_.replace(number(person), names_, timeline);
  }
  void put(int person, std::string_view variant, double value) { put(person, variant, std::span(&value, 1)); }
  void put_crossed(int person, double value) {
    Timeline timeline{{exposure("a", kStart + 1h), exposure("b", kStart + 2h)}, {}};
    timeline.occurrences.push_back({.te = kStart + 2h, .value = value, .name = names_.number("buy")});
    study_.replace(number(person), names_, timeline);
  }
  void remove(int person) { study_.replace(number(person), names_, {}); }

  std::vector<Outlier> found() { return outliers(study_, persons_); }

  /// By the definition: all records of each arm, one after the other.
  [[nodiscard]] std::vector<Outlier> scanned() const {
    std::vector<Outlier> all;
    for (std::size_t m = 0; m < kMetrics.size(); ++m)
      for (std::size_t v = 0; v < 2; ++v) scan(m, v, all);
    return all;
  }

 private:
  Exposure exposure(std::string_view variant, Time te) {
    return {.te = te,
            .id = names_.keep("e"),
            .experiment = names_.number("checkout"),
            .variant = names_.number(variant),
            .unit_type = names_.number("user"),
            .attributes = names_.number("")};
  }
  UnitNumber number(int person) { return persons_.number({"user", "u" + std::to_string(person)}); }

  void scan(std::size_t metric, std::size_t variant, std::vector<Outlier>& all) const {
    const int decimals = amount_decimals(kMetrics[metric]);
    const stats::Moments arm = stats::moments(study_.cells().over_phases(variant, metric), decimals);
    if (arm.n < kOutlierUnits || !(arm.m2 > 0)) return;
    Outlier best{metric, variant, "", 0, 0};
    double farthest = std::sqrt(kOutlierShare * arm.m2);
    study_.for_each_record([&](UnitNumber person, const Participation& part, std::span<const Amount> amounts) {
      if (part.variant != variant || part.crossed || amounts[metric].state != AmountState::present) return;
      const double value = static_cast<double>(amounts[metric].value) / std::pow(10.0, decimals);
      const std::string id(persons_.unit(person).id);
      const double distance = std::abs(value - arm.mean);
      if (distance < farthest || (distance == farthest && !best.unit.empty() && best.unit < id)) return;
      farthest = distance;
      best = {metric, variant, id, value, distance * distance / arm.m2};
    });
    if (!best.unit.empty()) all.push_back(best);
  }

  Names names_;
  Persons persons_;
  Study study_{experiment({"a", "b"}, kMetrics), kMetrics, names_};
};

auto fields(const Outlier& found) {
  return std::tuple(found.metric, found.variant, found.unit, found.value, found.share);
}

void expect_the_scan(People& people) {
  const auto found = people.found();
  const auto scanned = people.scanned();
  ASSERT_EQ(found.size(), scanned.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(fields(found[i]), fields(scanned[i]));
}

class AnyCrowd : public testing::TestWithParam<std::uint64_t> {};

/// Mostly the same few values, now and then one far out at either end, which may be twins.
double random_value(std::mt19937_64& random) {
  if (random() % 50 != 0) return static_cast<double>(random() % 3);
  return static_cast<double>(static_cast<int>(random() % 9) - 4) * std::pow(10.0, static_cast<double>(random() % 5));
}

void step(People& people, std::mt19937_64& random) {
  const int person = static_cast<int>(random() % 400);
  const auto what = random() % 8;
  if (what < 2) return people.remove(person);
  if (what == 2) return people.put_crossed(person, random_value(random));
  const std::vector<double> values{random_value(random), random_value(random)};
  people.put(person, what % 2 == 0 ? "a" : "b", std::span(values).first(random() % 3));
}

TEST_P(AnyCrowd, AtEachMomentGivesWhatAScanOfAllGives) {
  std::mt19937_64 random(GetParam());
  People people;
  std::size_t named = 0;
  for (int i = 0; i < 6'000; ++i) {
    step(people, random);
    if (i % 10 != 0) continue;
    ASSERT_NO_FATAL_FAILURE(expect_the_scan(people)) << "step " << i;
    named += people.found().size();
  }
  EXPECT_GT(named, 0U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyCrowd, testing::Range<std::uint64_t>(1, 9));

TEST(Outliers, AreFoundBelowThoseWhoWentAway) {
  People people;
  for (int i = 0; i < 200; ++i) people.put(i, "a", i % 2);
  people.put(200, "a", 500);
  for (int i = 201; i < 220; ++i) people.put(i, "a", 1e6 + i);
  expect_the_scan(people);
  for (int i = 201; i < 220; ++i) people.remove(i);
  ASSERT_FALSE(people.found().empty());
  EXPECT_EQ(people.found()[0].unit, "u200");
  expect_the_scan(people);
}

TEST(Outliers, OfTwinsTheSmallerIdIsNamed) {
  People people;
  for (int i = 0; i < 200; ++i) people.put(i, "b", 0);
  people.put(202, "b", -70);
  people.put(201, "b", 70);
  ASSERT_FALSE(people.found().empty());
  EXPECT_EQ(people.found()[0].unit, "u201");
  EXPECT_EQ(people.found()[0].value, 70);
  EXPECT_DOUBLE_EQ(people.found()[0].share, 0.5);
}

}  // namespace
}  // namespace touchstone::judge
