#include <algorithm>
#include <chrono>
#include <memory>
#include <random>

#include <gtest/gtest.h>

#include "service/judge/judge.hpp"
#include "tests/service/judge/agreement.hpp"
#include "tests/service/judge/shared_data.hpp"
#include "tests/service/judge/stream.hpp"

namespace touchstone::judge {
namespace {

using nlohmann::json;
using storage::MetricKind;

/// "2017-01-02T13:42:05.378582Z", with six digits of a second or none.
Time instant(const std::string& text) {
  const auto part = [&](std::size_t at, std::size_t size) { return std::stoi(text.substr(at, size)); };
  const std::chrono::year_month_day day{std::chrono::year(part(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(part(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(part(8, 2)))};
  return std::chrono::sys_days(day) + std::chrono::hours(part(11, 2)) + std::chrono::minutes(part(14, 2)) +
         std::chrono::seconds(part(17, 2)) + Micros(text.size() > 20 ? part(20, 6) : 0);
}

/// The neutral event log: event_id is the id, the other attributes stay.
storage::StoredEvent read(std::string_view line, std::uint64_t seq, assign::TextArena& text) {
  const json item = json::parse(line);
  const auto keep = [&](const json& value) { return value.is_null() ? "" : text.keep(value.get<std::string>()); };
  storage::Event event;
  event.type = item["type"] == "exposure" ? storage::EventType::exposure : storage::EventType::event;
  json attributes = item["attributes"];
  event.id = keep(attributes["event_id"]);
  attributes.erase("event_id");
  event.attributes = text.keep(attributes.dump());
  event.unit = {"user", keep(item["unit_id"])};
  event.ts = instant(item["ts"]);
  event.name = keep(item["event"]);
  event.experiment = keep(item["experiment"]);
  event.variant = keep(item["variant"]);
  if (!item["value"].is_null()) event.value = item["value"].get<double>();
  return {event, seq, event.ts, event.ts};
}

struct Log {
  std::vector<storage::StoredEvent> events;
  assign::TextArena text;
  json expected;
};

class LandingPage : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto folder = data_set("landing-page");
    if (folder.empty()) return;
    log_ = std::make_unique<Log>();
    log_->expected = expected(folder);
    const std::string content = inflated(folder / "events.ndjson.gz");
    for (const std::string_view line : lines(content))
      log_->events.push_back(read(line, log_->events.size() + 1, log_->text));
  }
  static void TearDownTestSuite() { log_.reset(); }
  void SetUp() override {
    if (!log_) GTEST_SKIP() << "no landing-page data: set TOUCHSTONE_SHARED";
  }

  static storage::Experiment asked(storage::Crossover crossover) {
    storage::Experiment made = experiment({"control", "treatment"}, metrics());
    made.key = "landing_page";
    made.phases[0].started_at = Time{};
    made.plan.crossover = crossover;
    made.expects["landing_page"] = {{"control", "\"old_page\""}, {"treatment", "\"new_page\""}};
    return made;
  }
  static std::vector<storage::Metric> metrics() { return {metric("converted", MetricKind::proportion, "converted")}; }
  static Report judged(storage::Crossover crossover) { return judge(asked(crossover), metrics(), log_->events); }
  static const json& view(const char* name) { return log_->expected["views"][name]; }

  static std::unique_ptr<Log> log_;
};
std::unique_ptr<Log> LandingPage::log_;

double shown(const Report& report, std::string_view code, std::string_view name) {
  const Check& check = *std::ranges::find(report.checks, code, &Check::code);
  return std::ranges::find(check.figures, name, &Figure::name)->value.value();
}

TEST_F(LandingPage, ByDefaultIsViewF) {
  const Report report = judged(storage::Crossover::exclude);
  const Row& row = report.results.at(0);
  EXPECT_EQ(row.arms[0].successes, 17'468U);
  EXPECT_EQ(row.arms[0].n, 144'300U);
  EXPECT_EQ(row.arms[1].n, 144'389U);
  EXPECT_NEAR(*row.fixed.p, 0.2280489365649152, 1e-12);
  expect_agreement(row, view("F_exclude_users_seen_in_both_groups")["converted"]);
  expect_close(shown(report, "srm", "pearson_p"), view("F_exclude_users_seen_in_both_groups")["srm"]["p"], kFromTails,
               "srm");
  EXPECT_EQ(report.verdict.code, "inconclusive");
  EXPECT_TRUE(row.always_valid.absolute.low < 0 && row.always_valid.absolute.high > 0);
}

TEST_F(LandingPage, WithTheFirstVariantIsViewC) {
  const Report report = judged(storage::Crossover::first);
  const Row& row = report.results.at(0);
  EXPECT_EQ(row.arms[0].successes, 17'687U);
  EXPECT_EQ(row.arms[0].n, 145'294U);
  EXPECT_EQ(row.arms[1].successes, 17'486U);
  EXPECT_EQ(row.arms[1].n, 145'290U);
  expect_agreement(row, view("C_first_exposure_itt")["converted"]);
  expect_close(shown(report, "srm", "pearson_p"), view("C_first_exposure_itt")["srm"]["p"], kFromTails, "srm");
  EXPECT_EQ(report.verdict.code, "inconclusive");
}

TEST_F(LandingPage, CountsWhatIsWrongWithTheData) {
  const Report report = judged(storage::Crossover::exclude);
  EXPECT_EQ(report.counts.units, 290'584U);
  EXPECT_EQ(report.counts.exposures, 294'478U);
  EXPECT_EQ(report.counts.crossover_units, 1'895U);
  EXPECT_EQ(report.counts.repeated_exposures, 3'894U);
  EXPECT_EQ(report.counts.contradictions, 3'893U);
  EXPECT_EQ(report.counts.unattributed, 0U);
  for (const Check& check : report.checks)
    EXPECT_EQ(check.level,
              check.code == "crossover" || check.code == "contradictions" ? CheckLevel::warn : CheckLevel::ok)
        << check.code;
}

TEST_F(LandingPage, ShuffledAndDoubledIsTheSame) {
  const Report straight = judged(storage::Crossover::exclude);
  std::vector<storage::StoredEvent> events = log_->events;
  events.insert(events.end(), log_->events.begin(), log_->events.end());
  std::mt19937_64 random(7);
  std::ranges::shuffle(events, random);
  EXPECT_EQ(judge(asked(storage::Crossover::exclude), metrics(), events), straight);
}

}  // namespace
}  // namespace touchstone::judge
