#include "service/judge/aggregates.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "service/judge/judge.hpp"
#include "tests/service/judge/kinds.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::MetricKind;

storage::Metric per_answer() {
  storage::Metric made = metric("per-answer", MetricKind::ratio, "buy");
  made.others.push_back({"answer", std::nullopt, storage::Aspect::occurrence, {}});
  return made;
}

storage::Metric tamed(storage::Metric made, storage::PooledCap cap) {
  made.pooled_cap = cap;
  return made;
}

const std::vector<storage::Metric> kMetrics{
    metric("bought", MetricKind::proportion, "buy"),
    metric("orders", MetricKind::count, "buy"),
    metric("revenue", MetricKind::sum, "buy"),
    metric("score", MetricKind::mean, "answer"),
    nps(),
    csat(),
    within(metric("back", MetricKind::retention, "*"), 1h, 24h),
    within(metric("lost", MetricKind::churn, "buy"), 1h, 24h),
    per_answer(),
    funnel({"answer", "buy", "buy"}, 48h),
    within(metric("soon", MetricKind::duration, "buy"), 0h, 24h),
    metric("first", MetricKind::first_value, "buy"),
    metric("last", MetricKind::last_value, "buy"),
    within(metric("worth", MetricKind::lifetime_value, "buy"), 0h, 48h),
    tamed(metric("tamed", MetricKind::sum, "buy"), {80, true}),
    tamed(within(metric("tamed-worth", MetricKind::lifetime_value, "buy"), 0h, 48h), {90, false})};

/// Two phases with other weights, so that late first exposures move people between cells.
storage::Experiment ramped() {
  storage::Experiment made = experiment({"a", "b", "c"}, kMetrics);
  made.phases[0].ended_at = kStart + 48h;
  made.phases.push_back(made.phases[0]);
  made.phases[1].started_at = kStart + 48h;
  made.phases[1].ended_at.reset();
  made.phases[1].weights = {200'000, 400'000, 400'000};
  made.expects["page"] = {{"a", "1"}, {"b", "2"}};
  return made;
}

/// Everything that attribution knows of: repeats, crossovers, strangers, links in any direction, values of any kind.
class Weather {
 public:
  explicit Weather(std::uint64_t seed) : random_(seed) {}

  Stream stream(int events) {
    Stream made;
    for (int i = 0; i < events; ++i) add(made);
    return made;
  }

 private:
  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(random_() % end); }
  std::string unit() { return "u" + std::to_string(below(60)); }
  Time te() { return kStart + std::chrono::minutes(below(6000)) - 2h; }

  void add(Stream& made) {
    const std::uint32_t kind = below(20);
    if (kind < 7)
      made.expose(unit(), std::string(1, "aaabbbccx"[below(9)]), te(), below(2) == 0 ? R"({"page":1})" : "");
    else if (kind < 14)
      made.happen(unit(), "buy", te(), below(1000) / 7.0);
    else if (kind < 17)
      made.happen(unit(), "answer", te(), below(11));
    else
      made.link(unit(), unit(), te());
    if (kind < 17 && below(4) == 0) made.last().event.unit.type = "device";
  }

  std::mt19937_64 random_;
};

Aggregates live(std::span<const storage::StoredEvent> events) {
  Aggregates view;
  view.put(ramped(), kMetrics);
  view.apply(events);
  view.bring_current();
  return view;
}

/// Written down in pieces of that size, and read into a view of its own.
Aggregates reread(Aggregates& view, std::size_t most) {
  Aggregates read;
  for (Written written; written != extent_of(view.filled());)
    EXPECT_TRUE(take_piece(next_piece(view.filled(), written, most), read.filled()));
  return read;
}

class AnyOrder : public testing::TestWithParam<std::uint64_t> {};

TEST_P(AnyOrder, GivesTheSameReport) {
  Stream made = Weather(GetParam()).stream(900);
  Aggregates straight = live(made.events);
  std::mt19937_64 random(GetParam());
  std::ranges::shuffle(made.events, random);
  EXPECT_EQ(live(made.events).report("checkout"), straight.report("checkout"));
  EXPECT_EQ(*live(made.events).cells("checkout"), *straight.cells("checkout"));
}

TEST_P(AnyOrder, BatchesOfAnySizeEqualOneComputedFromNothing) {
  Stream made = Weather(GetParam()).stream(900);
  const Report whole = *live(made.events).report("checkout");
  std::mt19937_64 random(GetParam());
  std::ranges::shuffle(made.events, random);
  Aggregates view;
  view.put(ramped(), kMetrics);
  for (std::span<const storage::StoredEvent> rest = made.events; !rest.empty();) {
    const std::size_t size = std::min<std::size_t>(rest.size(), 1 + random() % 40);
    view.apply(rest.first(size));
    view.bring_current();
    rest = rest.subspan(size);
  }
  EXPECT_EQ(*view.report("checkout"), whole);
}

TEST_P(AnyOrder, AnExperimentThatComesLateFindsEverything) {
  const Stream made = Weather(GetParam()).stream(900);
  Aggregates view;
  view.apply(made.events);
  view.bring_current();
  view.put(ramped(), kMetrics);
  EXPECT_EQ(view.report("checkout"), live(made.events).report("checkout"));
}

TEST_P(AnyOrder, WhatWasWrittenDownInPiecesIsTheSameView) {
  const Stream made = Weather(GetParam()).stream(900);
  const auto events = std::span(made.events);
  Aggregates view = live(events.first(600));
  Written written;
  Aggregates read;
  while (written != extent_of(view.filled()))
    ASSERT_TRUE(take_piece(next_piece(view.filled(), written, 1 + GetParam() % 70), read.filled()));
  view.apply(events.subspan(600, 200));
  while (written != extent_of(view.filled()))
    ASSERT_TRUE(take_piece(next_piece(view.filled(), written, 64), read.filled()));
  read.put(ramped(), kMetrics);
  read.apply(events.subspan(800));
  read.bring_current();
  EXPECT_EQ(read.report("checkout"), live(made.events).report("checkout"));
  EXPECT_EQ(*read.cells("checkout"), *live(made.events).cells("checkout"));
}

TEST_P(AnyOrder, NothingOfAForgottenUnitIsWrittenDown) {
  Stream made = Weather(GetParam()).stream(900);
  made.expose("someone-else", "a", kStart + 1h).happen("someone-else", "buy", kStart + 2h, 5);
  made.link("someone-else", "u1", kStart + 1h).link("u2", "someone-else", kStart + 1h);
  Aggregates view = live(made.events);
  auto left = made.events;
  for (const std::string_view type : {"user", "device"}) {
    const storage::UnitRef unit{type, "someone-else"};
    std::erase_if(left, [&](const auto& event) { return event.event.unit == unit || event.event.to == unit; });
    view.forget(unit, std::ranges::max(left, {}, &storage::StoredEvent::te).te);
  }
  Written written;
  EXPECT_EQ(next_piece(view.filled(), written, 1'000'000).find("someone-else"), std::string::npos);
  Aggregates read = reread(view, 50);
  read.put(ramped(), kMetrics);
  EXPECT_EQ(read.report("checkout"), live(left).report("checkout"));
  const storage::UnitRef other{"user", "u1"};
  std::erase_if(left, [&](const auto& event) { return event.event.unit == other || event.event.to == other; });
  read.forget(other, std::ranges::max(left, {}, &storage::StoredEvent::te).te);
  EXPECT_EQ(read.report("checkout"), live(left).report("checkout"));
}

TEST_P(AnyOrder, APieceThatIsDamagedOrOutOfPlaceIsRefusedOrHarmless) {
  const Stream made = Weather(GetParam()).stream(300);
  Aggregates view = live(made.events);
  Written written;
  const std::string first = next_piece(view.filled(), written, 100);
  const std::string second = next_piece(view.filled(), written, 1'000'000);
  Aggregates empty;
  EXPECT_FALSE(take_piece(second, empty.filled()));
  std::mt19937_64 random(GetParam());
  std::size_t refused = 0;
  for (int i = 0; i < 300; ++i) {
    std::string damaged = second;
    char& sign = damaged[random() % damaged.size()];
    sign = static_cast<char>(static_cast<unsigned char>(sign) ^ (1U + random() % 255U));
    if (i % 3 == 0) damaged.resize(random() % damaged.size());
    Aggregates read;
    ASSERT_TRUE(take_piece(first, read.filled()));
    refused += take_piece(damaged, read.filled()) ? 0 : 1;
  }
  EXPECT_GT(refused, 100U);  // every cut, and many a number
}

TEST_P(AnyOrder, CopiesChangeNothing) {
  Stream made = Weather(GetParam()).stream(900);
  const Report once = judge(ramped(), kMetrics, made.events);
  EXPECT_EQ(once, *live(made.events).report("checkout"));
  const std::vector<storage::StoredEvent> copy = made.events;
  made.events.insert(made.events.end(), copy.begin(), copy.end());
  std::mt19937_64 random(GetParam());
  std::ranges::shuffle(made.events, random);
  EXPECT_EQ(judge(ramped(), kMetrics, made.events), once);
}

using Kept = std::map<std::pair<std::string, std::string>, std::pair<std::uint32_t, bool>>;

/// An experiment whose units keep what they met, on their devices too.
storage::Experiment sticky() {
  storage::Experiment made = ramped();
  made.fallback_unit_type = "device";
  made.sticky.emplace();
  return made;
}

/// Writes down what it is told.
Aggregates keeping(Kept& kept) {
  return Aggregates([&kept](const Keeping& told) {
    const std::pair unit{std::string(told.unit.type), std::string(told.unit.id)};
    if (told.variant)
      kept[unit] = {*told.variant, told.belongs};
    else
      kept.erase(unit);
  });
}

Kept kept_after(std::span<const storage::StoredEvent> events) {
  Kept kept;
  Aggregates view = keeping(kept);
  view.apply(events);
  view.put(sticky(), kMetrics);
  return kept;
}

TEST_P(AnyOrder, UnitsKeepTheSame) {
  Stream made = Weather(GetParam()).stream(900);
  const Kept expected = kept_after(made.events);
  std::mt19937_64 random(GetParam());
  std::ranges::shuffle(made.events, random);
  Kept kept;
  Aggregates view = keeping(kept);
  view.put(sticky(), kMetrics);
  for (const auto& event : made.events) {
    view.apply({&event, 1});
    view.settle({&event, 1});
    if (random() % 50 == 0) view.bring_current();
  }
  view.bring_current();
  EXPECT_EQ(kept, expected);
  EXPECT_GT(kept.size(), 40U);
  storage::Experiment over = sticky();
  over.state = storage::ExperimentState::stopped;
  view.put(over, kMetrics);
  EXPECT_TRUE(kept.empty());
}

bool names(const storage::Event& event, const storage::UnitRef& unit) {
  return event.unit == unit || (event.type == storage::EventType::link && event.to == unit);
}

std::optional<Time> newest(std::span<const storage::StoredEvent> events) {
  std::optional<Time> te;
  for (const auto& event : events) te = std::max(te, std::optional(event.te));
  return te;
}

TEST_P(AnyOrder, AForgottenUnitIsAsIfItHadNeverBeen) {
  const Stream made = Weather(GetParam()).stream(900);
  Kept kept;
  Aggregates view = keeping(kept);
  view.put(sticky(), kMetrics);
  view.apply(made.events);
  view.bring_current();
  auto left = made.events;
  std::mt19937_64 random(GetParam());
  for (int i = 0; i < 12; ++i) {
    const std::string id = "u" + std::to_string(random() % 60);
    const storage::UnitRef unit{i % 2 == 0 ? "user" : "device", id};
    std::erase_if(left, [&](const auto& event) { return names(event.event, unit); });
    view.forget(unit, newest(left));
    view.forget(unit, newest(left));
    Kept expected;
    Aggregates anew = keeping(expected);
    anew.put(sticky(), kMetrics);
    anew.apply(left);
    anew.bring_current();
    ASSERT_EQ(view.report("checkout"), anew.report("checkout")) << id;
    ASSERT_EQ(*view.cells("checkout"), *anew.cells("checkout")) << id;
    ASSERT_EQ(kept, expected) << id;
  }
  EXPECT_LT(left.size(), made.events.size());
}

TEST(Aggregates, WhoWasLinkedToAForgottenUnitBelongsToTheNextLink) {
  Stream made;
  made.link("d1", "first", kStart + 1h).link("d1", "second", kStart + 2h).link("d2", "first", kStart + 3h);
  Aggregates view = live(made.events);
  EXPECT_EQ(view.others_of({"user", "first"}).size(), 2U);
  EXPECT_EQ(view.others_of({"user", "second"}).size(), 0U);
  view.forget({"user", "first"}, kStart + 2h);
  EXPECT_EQ(view.others_of({"user", "second"}).size(), 1U);
  EXPECT_EQ(view.others_of({"device", "d2"}).size(), 0U);
  EXPECT_EQ(view.others_of({"user", "first"}).size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyOrder, testing::Range<std::uint64_t>(1, 21));

TEST(Aggregates, TheWeatherReachesEveryCorner) {
  const Stream made = Weather(1).stream(900);
  const Report report = *live(made.events).report("checkout");
  EXPECT_GT(report.counts.units, 20U);
  EXPECT_GT(report.counts.crossover_units, 0U);
  EXPECT_GT(report.counts.contradictions, 0U);
  EXPECT_GT(report.counts.unattributed, 0U);
}

TEST(Aggregates, APutReplaces) {
  const Stream made = Weather(2).stream(300);
  Aggregates view = live(made.events);
  storage::Experiment changed = ramped();
  changed.plan.crossover = storage::Crossover::first;
  view.put(changed, kMetrics);
  EXPECT_EQ(*view.report("checkout"), judge(changed, kMetrics, made.events));
}

TEST(Aggregates, KnowOnlyWhatWasPut) {
  Aggregates view = live({});
  EXPECT_FALSE(view.report("other"));
  EXPECT_EQ(view.cells("other"), nullptr);
  view.remove("checkout");
  EXPECT_FALSE(view.report("checkout"));
}

/// Units that count in the results, by variant.
std::vector<std::uint64_t> analysed(const Report& report) {
  std::vector<std::uint64_t> all;
  for (const VariantCount& count : report.counts.variants) all.push_back(count.analysed);
  return all;
}

std::uint64_t buyers(const Report& report, std::size_t arm) { return *report.results.at(0).arms.at(arm).successes; }

TEST(Links, BringADevicesEventsToItsUser) {
  Stream made;
  made.expose("u1", "b", kStart).expose("u2", "a", kStart).happen("d1", "buy", kStart + 1h, 5);
  made.last().event.unit.type = "device";
  EXPECT_EQ(buyers(*live(made.events).report("checkout"), 1), 0U);
  made.link("d1", "u1", kStart + 2h);
  EXPECT_EQ(buyers(*live(made.events).report("checkout"), 1), 1U);
}

TEST(Links, TheEarliestWinsAlsoWhenItArrivesLast) {
  Stream made;
  made.expose("u1", "a", kStart).expose("u2", "b", kStart).happen("d1", "buy", kStart + 1h, 5);
  made.last().event.unit.type = "device";
  made.link("d1", "u1", kStart + 3h).link("d1", "u2", kStart + 2h);
  const Report report = *live(made.events).report("checkout");
  EXPECT_EQ(buyers(report, 0), 0U);
  EXPECT_EQ(buyers(report, 1), 1U);
}

TEST(Links, WithoutIdsAreToldApartByWhereTheyLead) {
  Stream made;
  made.expose("u1", "a", kStart).expose("u2", "b", kStart).happen("d1", "buy", kStart + 1h, 5);
  made.last().event.unit.type = "device";
  for (const char* user : {"u2", "u1"}) {
    made.link("d1", user, kStart + 2h);
    made.last().event.id = {};
  }
  const auto one = live(made.events).report("checkout");
  std::ranges::reverse(made.events);
  EXPECT_EQ(live(made.events).report("checkout"), one);
  EXPECT_EQ(buyers(*one, 0), 1U);
}

TEST(Links, ToOneselfSayNothing) {
  Stream made;
  made.expose("u1", "a", kStart).happen("u1", "buy", kStart + 1h, 5);
  const auto before = *live(made.events).cells("checkout");
  made.link("u1", "u1", kStart);
  made.last().event.unit.type = "user";
  EXPECT_EQ(*live(made.events).cells("checkout"), before);
}

TEST(Links, CountOnceWhomAFallbackAndAnAccountMet) {
  Stream made;
  made.expose("d1", "b", kStart);
  made.last().event.unit.type = "device";
  made.expose("u1", "b", kStart + 1h);
  EXPECT_EQ(judge(sticky(), kMetrics, made.events).counts.units, 2U);
  made.link("d1", "u1", kStart + 2h);
  const Report report = judge(sticky(), kMetrics, made.events);
  EXPECT_EQ(report.counts.units, 1U);
  EXPECT_EQ(report.counts.unattributed, 0U);
  EXPECT_EQ(report.counts.crossover_units, 0U);
}

TEST(Links, MakeOneCrossoverOfTwoDevices) {
  storage::Experiment devices = ramped();
  devices.unit_type = "device";
  Stream made;
  for (const char* variant : {"a", "b"}) {
    made.expose(std::string("d-") + variant, variant, kStart);
    made.last().event.unit.type = "device";
  }
  EXPECT_EQ(judge(devices, kMetrics, made.events).counts.units, 2U);
  made.link("d-a", "u1", kStart + 1h).link("d-b", "u1", kStart + 2h);
  const Report report = judge(devices, kMetrics, made.events);
  EXPECT_EQ(report.counts.units, 1U);
  EXPECT_EQ(report.counts.crossover_units, 1U);
  EXPECT_EQ(analysed(report), (std::vector<std::uint64_t>{0, 0, 0}));
}

}  // namespace
}  // namespace touchstone::judge
