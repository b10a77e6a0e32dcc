// The way of somebody who has read the README alone: an experiment of their own, from the key to the verdict, with the
// mistakes that people make on the way. Each mistake is answered by what to do.

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/program.hpp"
#include "tests/e2e/service.hpp"

namespace touchstone::e2e {
namespace {

using nlohmann::json;

constexpr int kCustomers = 10'000;
constexpr int kTogether = 50;

std::string customer(int i) { return "customer-" + std::to_string(i); }

/// One in ten buys in control; one in seven with the page of one step.
bool buys(int i, bool treated) { return treated ? i % 7 == 0 : i % 10 == 0; }

std::string rfc3339(std::chrono::system_clock::time_point time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  const auto padded = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::to_string(static_cast<int>(date.year())) + "-" + padded(static_cast<unsigned>(date.month())) + "-" +
         padded(static_cast<unsigned>(date.day())) + "T" + padded(clock.hours().count()) + ":" +
         padded(clock.minutes().count()) + ":" + padded(clock.seconds().count()) + "Z";
}

/// A later whole second than any exposure before the call.
std::string soon() { return rfc3339(std::chrono::system_clock::now() + std::chrono::seconds(2)); }

class Stranger : public testing::Test {
 protected:
  static constexpr auto metric = R"({"key": "purchase", "kind": "proportion", "event": "purchase"})";
  static constexpr auto experiment = R"({"key": "checkout", "variants": [{"key": "control"}, {"key": "one-page"}],)"
                                     R"( "plan": {"metrics": [{"metric": "purchase"}]}})";

  void agree() {
    service_.must_post("/v1/metrics", metric);
    service_.must_post("/v1/experiments?start", experiment);
  }

  /// Which customers are treated.
  std::vector<bool> ask_for_all() {
    std::vector<bool> treated;
    for (int from = 0; from < kCustomers; from += kTogether) {
      std::vector<http::ClientRequest> questions;
      for (int i = from; i < from + kTogether; ++i)
        questions.push_back({.method = http::Method::post,
                             .target = "/v1/evaluate",
                             .body = json{{"flag", "checkout"}, {"unit", customer(i)}}.dump(),
                             .headers = {service_.authorization()}});
      const auto answers = asking_.send_pipelined(questions);
      for (const auto& answer : answers.value())
        treated.push_back(json::parse(answer.body).at("variant") == "one-page");
    }
    return treated;
  }

  int tell_purchases(const std::vector<bool>& treated) {
    json batch = json::array();
    int stored = 0;
    const auto ts = soon();
    for (int i = 0; i < kCustomers; ++i) {
      const std::string id = "order-" + std::to_string(i);
      if (buys(i, treated[static_cast<std::size_t>(i)]))
        batch.push_back({{"id", id}, {"type", "event"}, {"name", "purchase"}, {"unit", customer(i)}, {"ts", ts}});
      if (batch.size() < 500 && i + 1 < kCustomers) continue;
      stored += json::parse(service_.must_post("/v1/events", batch.dump()).body).at("stored").get<int>();
      batch.clear();
    }
    return stored;
  }

  /// Exposures are carried behind the answers; the report covers them soon.
  json report_on_all() {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (true) {
      auto report = json::parse(service_.must_get("/v1/experiments/checkout/report").body);
      if (report.at("counts").at("units") == kCustomers || std::chrono::steady_clock::now() > until) return report;
    }
  }

  /// The answer is a problem of this status, whose first fault points there and says what to do.
  void expect_help(const http::ClientResponse& answer, int status, const std::string& pointer,
                   const std::string& words) {
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    const auto fault = json::parse(answer.body).at("errors").at(0);
    EXPECT_EQ(fault.at("pointer"), pointer) << answer.body;
    EXPECT_NE(fault.at("hint").get<std::string>().find(words), std::string::npos) << answer.body;
  }

  /// What became of the one item.
  json item_of(const std::string& batch) {
    return json::parse(service_.must_post("/v1/events", batch).body).at("items").at(0);
  }

  TemporaryDirectory data_;
  Service service_{data_.path()};
  http::Client asking_ = service_.client();
};

TEST_F(Stranger, ReachesTheRightVerdict) {
  agree();
  const auto treated = ask_for_all();
  const auto all_treated = std::count(treated.begin(), treated.end(), true);
  EXPECT_NEAR(static_cast<double>(all_treated), kCustomers / 2.0, 5 * 50);  // five standard deviations
  EXPECT_EQ(treated, ask_for_all()) << "who asks again is told the same";
  EXPECT_GT(tell_purchases(treated), kCustomers / 10);
  const auto report = report_on_all();
  EXPECT_EQ(report.at("counts").at("units"), kCustomers);
  EXPECT_EQ(report.at("verdict").at("code"), "ship") << report.at("verdict");
  EXPECT_EQ(report.at("verdict").at("variant"), "one-page");
  const Outcome printed = run({program(), "report", "checkout", "--data", data_.path().string()});
  EXPECT_NE(printed.out.find("✓ Ship one-page"), std::string::npos) << printed.out;
}

TEST_F(Stranger, WithABadKeyIsToldHowToGetOne) {
  http::Client client = service_.client();
  const auto answer = client.send({.method = http::Method::post,
                                   .target = "/v1/evaluate",
                                   .body = R"({"flag": "checkout", "unit": "customer-1"})",
                                   .headers = {{"Authorization", "Bearer ts_admin_mistyped"}}});
  expect_help(answer.value(), 401, "", "touchstone keys create");
}

TEST_F(Stranger, WithAMetricOfNoKindIsToldTheKinds) {
  expect_help(service_.post("/v1/metrics", R"({"key": "purchase", "kind": "proportions", "event": "purchase"})"), 422,
              "/kind", "proportion");
}

TEST_F(Stranger, WithAMetricThatIsNotThereIsToldToCreateIt) {
  expect_help(service_.post("/v1/experiments?start", experiment), 422, "/plan/metrics/0/metric", "POST /v1/metrics");
}

TEST_F(Stranger, WithoutVariantsIsToldTheField) {
  expect_help(service_.post("/v1/experiments", R"({"key": "checkout"})"), 422, "/variants", "");
}

TEST_F(Stranger, AfterAnUnknownExperimentIsToldWhereToLook) {
  expect_help(service_.get("/v1/experiments/chekout/report"), 404, "", "/v1/experiments");
  expect_help(service_.post("/v1/evaluate", R"({"flag": "chekout", "unit": "u"})"), 404, "/flag", "Create the flag");
}

TEST_F(Stranger, WithBrokenJsonIsToldThePlace) {
  const auto answer = service_.post("/v1/metrics", R"({"key": "purchase", )");
  expect_help(answer, 422, "/key", "send the whole document");
  EXPECT_NE(answer.body.find("at byte 20"), std::string::npos) << answer.body;
}

TEST_F(Stranger, WithAnEventWithoutTimeIsToldTheField) {
  const auto item = item_of(R"([{"id": "order-1", "type": "event", "name": "purchase", "unit": "customer-1"}])");
  EXPECT_EQ(item.at("verdict"), "refused");
  EXPECT_NE(item.at("error").at("pointer").get<std::string>().find("/ts"), std::string::npos) << item;
  EXPECT_TRUE(item.at("error").contains("hint")) << item;
}

TEST_F(Stranger, WithAnEventFromTheFutureIsToldToLookAtTheClock) {
  const auto later = rfc3339(std::chrono::system_clock::now() + std::chrono::hours(48));
  const auto item =
      item_of(R"([{"id": "order-1", "type": "event", "name": "purchase", "unit": "u", "ts": ")" + later + "\"}]");
  EXPECT_EQ(item.at("verdict"), "quarantined");
  EXPECT_NE(item.at("error").at("pointer").get<std::string>().find("/ts"), std::string::npos) << item;
  EXPECT_NE(item.at("error").at("hint").get<std::string>().find("clock"), std::string::npos) << item;
}

}  // namespace
}  // namespace touchstone::e2e
