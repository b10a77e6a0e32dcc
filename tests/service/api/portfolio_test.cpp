// What all experiments come to, as measured and as it is to be believed.

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;

constexpr int kArm = 400;

/// An experiment of 400 people an arm that were assigned elsewhere, of whom so many bought.
struct Shop {
  Running& running;

  void metric() { running.post("/v1/metrics", R"({"key":"bought","kind":"proportion","event":"purchase"})"); }

  void run(const std::string& key, const std::string& owner, int bought_a, int bought_b, int lost_b = 0) {
    const auto made = running.post("/v1/experiments",
                                   R"({"key":")" + key + R"(","name":"The )" + key + R"(","owner":")" + owner +
                                       R"(","tags":["t-)" + owner +
                                       R"("],"scheme":"external","exposure":"client","sticky":{},)"
                                       R"("variants":[{"key":"a"},{"key":"b"}],)"
                                       R"("plan":{"metrics":[{"metric":"bought"}],"method":{"id":"fixed-horizon"},)"
                                       R"("horizon":{"units":800}}})");
    ASSERT_EQ(made.status, 201) << made.body;
    ASSERT_EQ(move(key, "start", "2026-01-01T00:00:00Z"), 200);
    std::string events;
    for (int i = 0; i < 2 * kArm; ++i) {
      const bool in_b = i % 2 == 1;
      if (in_b && i / 2 < lost_b) continue;
      const auto person = R"(","unit":")" + key + std::to_string(i) + R"(","ts":"2026-01-02T00:00:00Z")";
      events += R"({"type":"exposure","experiment":")" + key + R"(","variant":")" + (in_b ? "b" : "a") +
                R"(","id":"x)" + key + std::to_string(i) + person + "}\n";
      if (i / 2 >= kArm - (in_b ? bought_b : bought_a))
        events += R"({"type":"event","name":"purchase","id":"p)" + key + std::to_string(i) + person + "}\n";
      if (i % 400 == 399) {
        ASSERT_EQ(running.post("/v1/events", std::exchange(events, "")).status, 200);
      }
    }
  }

  int move(const std::string& key, const std::string& verb, const std::string& at) {
    return running.post("/v1/experiments/" + key + ":" + verb, R"({"at":")" + at + R"("})").status;
  }
  void ship(const std::string& key) {
    EXPECT_EQ(
        running
            .post("/v1/experiments/" + key + "/decisions", R"({"action":"ship","variant":"b","reason":"as we see it"})")
            .status,
        201);
  }
  json portfolio(const std::string& query = "") {
    const auto answer = running.get("/v1/portfolio" + query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body);
  }
};

/// Five experiments, one of them broken: 100 of arm b never arrive.
void fill(Shop& shop) {
  shop.metric();
  shop.run("one", "ada", 100, 130);
  shop.run("two", "ada", 100, 104);
  shop.run("three", "bea", 100, 90);
  shop.run("four", "bea", 100, 118);
  shop.run("broken", "bea", 100, 130, 100);
  for (const std::string key : {"one", "two", "broken"}) ASSERT_EQ(shop.move(key, "stop", "2026-02-03T00:00:00Z"), 200);
}

/// What Morris 1983 gives for these four, by hand: the logarithms of the ratios, standard errors as of the reports'
/// intervals, DerSimonian and Laird's spread.
struct Expected {
  double mean = 0;
  double spread = 0;
  std::vector<double> believed{};
};
Expected by_hand(const std::vector<double>& y, const std::vector<double>& se) {
  const auto k = static_cast<double>(y.size());
  double w = 0, ww = 0, wy = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double one = 1 / (se[i] * se[i]);
    w += one, ww += one * one, wy += one * y[i];
  }
  double q = 0;
  for (std::size_t i = 0; i < y.size(); ++i) q += std::pow((y[i] - wy / w) / se[i], 2);
  const double tau2 = std::max(0.0, (q - (k - 1)) / (w - ww / w));
  double v = 0, vy = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double one = 1 / (se[i] * se[i] + tau2);
    v += one, vy += one * y[i];
  }
  Expected expected{vy / v, std::sqrt(tau2)};
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double b = (k - 3) / (k - 1) * se[i] * se[i] / (se[i] * se[i] + tau2);
    expected.believed.push_back(y[i] - b * (y[i] - expected.mean));
  }
  return expected;
}

const json& effect_of(const json& portfolio, const std::string& experiment) {
  for (const auto& effect : portfolio["effects"])
    if (effect["experiment"] == experiment) return effect;
  static const json none;
  return none;
}

TEST(ApiPortfolio, ShrinksWhatTheReportsSay) {
  Running running;
  Shop shop{running};
  fill(shop);
  const auto portfolio = shop.portfolio();
  ASSERT_EQ(portfolio["prior"]["status"], "ok") << portfolio.dump(1);
  const std::vector<std::string> keys{"one", "two", "three", "four"};
  std::vector<double> y;
  std::vector<double> se;
  for (const auto& key : keys) {
    const auto row = json::parse(running.get("/v1/experiments/" + key + "/report").body)["results"][0];
    const auto& relative = row["relative"];
    EXPECT_EQ(effect_of(portfolio, key)["raw"]["estimate"], relative["estimate"]) << "the report's own";
    EXPECT_EQ(effect_of(portfolio, key)["raw"]["high"], relative["high"]);
    y.push_back(std::log1p(relative["estimate"].get<double>()));
    se.push_back((std::log1p(relative["high"].get<double>()) - std::log1p(relative["low"].get<double>())) /
                 (2 * 1.959963984540054));
  }
  const auto expected = by_hand(y, se);
  EXPECT_NEAR(portfolio["prior"]["mean"]["estimate"].get<double>(), std::expm1(expected.mean), 1e-9);
  EXPECT_NEAR(portfolio["prior"]["spread"].get<double>(), expected.spread, 1e-9);
  for (std::size_t i = 0; i < keys.size(); ++i)
    EXPECT_NEAR(effect_of(portfolio, keys[i])["shrunken"]["estimate"].get<double>(), std::expm1(expected.believed[i]),
                1e-9)
        << keys[i];
  EXPECT_EQ(portfolio["effects"][0]["experiment"], "one") << "the largest in front";
  EXPECT_NE(portfolio["explanation"].get<std::string>().find("4 comparisons"), std::string::npos);
}

TEST(ApiPortfolio, LeavesOutWhatMayNotBeBelieved) {
  Running running;
  Shop shop{running};
  fill(shop);
  const auto portfolio = shop.portfolio();
  EXPECT_EQ(effect_of(portfolio, "broken"), json());
  EXPECT_EQ(portfolio["left_out"],
            json::parse(R"([{"experiment":"broken","name":"The broken","reason":"do_not_trust"}])"));
}

TEST(ApiPortfolio, CountsMonthsVerdictsAndWins) {
  Running running;
  Shop shop{running};
  fill(shop);
  running.post("/v1/experiments", R"({"key":"draft","variants":[{"key":"a"},{"key":"b"}]})");
  const auto portfolio = shop.portfolio();
  EXPECT_EQ(portfolio["experiments"], 5) << "a draft has not begun";
  EXPECT_EQ(portfolio["running"], 2);
  EXPECT_EQ(portfolio["ended"], 3);
  EXPECT_EQ(portfolio["months"][0], json::parse(R"({"month":"2026-01","started":5,"ended":0})"));
  EXPECT_EQ(portfolio["months"][1], json::parse(R"({"month":"2026-02","started":0,"ended":3})"));
  EXPECT_DOUBLE_EQ(portfolio["per_month"].get<double>(), 5.0 / static_cast<double>(portfolio["months"].size()));
  EXPECT_EQ(portfolio["judged"], 2) << "the broken one has no verdict that may be believed";
  EXPECT_EQ(portfolio["wins"], 1);
  // Wilson 1927 for one of two at 95 %: R's prop.test(1, 2, correct = FALSE) gives .09453 to .90547.
  EXPECT_NEAR(portfolio["win_rate"]["low"].get<double>(), .09453, 1e-5);
  EXPECT_NEAR(portfolio["win_rate"]["high"].get<double>(), .90547, 1e-5);
}

TEST(ApiPortfolio, AddsUpWhatPeopleDecidedToShip) {
  Running running;
  Shop shop{running};
  fill(shop);
  for (const std::string key : {"one", "four", "three", "broken"}) shop.ship(key);
  running.post("/v1/experiments/three/decisions", R"({"action":"extend","reason":"not yet"})");
  const auto portfolio = shop.portfolio();
  ASSERT_EQ(portfolio["shipped"].size(), 1U) << portfolio.dump(1);
  const auto& sum = portfolio["shipped"][0];
  EXPECT_EQ(sum["metric"], "bought");
  EXPECT_EQ(sum["experiments"], 2) << "neither what was taken back nor what may not be believed";
  const auto ratio = [&](const std::string& key, const std::string& figure) {
    return 1 + effect_of(portfolio, key)[figure]["estimate"].get<double>();
  };
  for (const std::string figure : {"raw", "shrunken"})
    EXPECT_NEAR(1 + sum[figure]["estimate"].get<double>(), ratio("one", figure) * ratio("four", figure), 1e-9)
        << "ratios multiply";
  EXPECT_LT(sum["shrunken"]["estimate"], sum["raw"]["estimate"]);
}

TEST(ApiPortfolio, FiltersAsTheListDoes) {
  Running running;
  Shop shop{running};
  fill(shop);
  EXPECT_EQ(shop.portfolio("?owner=ada")["experiments"], 2);
  EXPECT_EQ(shop.portfolio("?tag=t-bea")["experiments"], 3);
  EXPECT_EQ(shop.portfolio("?state=running")["experiments"], 2);
  EXPECT_EQ(shop.portfolio("?metric=bought")["experiments"], 5);
  EXPECT_EQ(shop.portfolio("?metric=none")["experiments"], 0);
  EXPECT_EQ(shop.portfolio("?from=2026-01-02T00:00:00Z")["experiments"], 0);
  EXPECT_EQ(shop.portfolio("?before=2026-01-02T00:00:00Z")["experiments"], 5);
  EXPECT_EQ(shop.portfolio("?owner=ada")["prior"]["status"], "insufficient_data");
  EXPECT_EQ(member(running.get("/v1/portfolio?state=draft").body, "/errors/0/pointer"), "/state");
  EXPECT_EQ(running.get("/v1/portfolio?colour=red").status, 422);
}

}  // namespace
}  // namespace touchstone::api
