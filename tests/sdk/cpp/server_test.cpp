// The SDK beside the built program: what it decides, when it hears of changes, and that what it reports arrives once.

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sdk/cpp/client.hpp"
#include "tests/e2e/service.hpp"
#include "tests/sdk/cpp/relay.hpp"

namespace touchstone::sdk {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using tests::Relay;

constexpr auto patience = 30s;

/// Whether it comes true while somebody has patience.
bool soon(const std::function<bool()>& holds) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!holds() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(5ms);
  return holds();
}

std::string customer(int i) { return "customer-" + std::to_string(i); }

class SdkServer : public testing::Test {
 protected:
  SdkServer() {
    service_.must_post("/v1/metrics", R"({"key": "purchase", "kind": "count", "event": "purchase"})");
    service_.must_post("/v1/experiments?start",
                       R"({"key": "checkout", "variants": [{"key": "control"}, {"key": "one-page"}],)"
                       R"( "plan": {"metrics": [{"metric": "purchase"}]}})");
  }

  /// Impatient, so that tests need not be patient.
  Options options() {
    return {.address = relay_.address(),
            .key = service_.key(),
            .poll_every = 100ms,
            .flush_every = 20ms,
            .retry_from = 5ms,
            .retry_to = 50ms};
  }

  /// The report's counts of the experiment.
  json counts() { return json::parse(service_.must_get("/v1/experiments/checkout/report").body).at("counts"); }

  /// One that is true.
  void add_flag(const std::string& key) {
    service_.must_post("/v1/flags",
                       json{{"key", key}, {"type", "bool"}, {"off_value", false}, {"default", true}}.dump());
  }

  static bool gives(const Client& client, std::string_view flag) {
    const assign::Unit unit{"user", "customer-0"};
    return client.boolean(flag, {{&unit, 1}, {}}, false).value;
  }

  void restart() {
    service_.start();
    relay_.aim(service_.port());
  }

  e2e::TemporaryDirectory data_;
  e2e::Service service_{data_.path() / "data"};
  Relay relay_{service_.port()};
};

void meet(const Client& client, int from, int to) {
  for (int i = from; i < to; ++i) {
    const auto id = customer(i);
    const assign::Unit unit{"user", id};
    EXPECT_EQ(client.json("checkout", {{&unit, 1}, {}}, "null").problem, Problem::none);
  }
}

void buy(Client& client, int from, int to) {
  for (int i = from; i < to; ++i) {
    const auto id = customer(i);
    EXPECT_TRUE(client.track({.name = "purchase", .unit = {"user", id}, .value = 49.9}));
  }
}

TEST_F(SdkServer, DecidesAsTheServerDoesForTenThousandUnits) {
  service_.must_post("/v1/experiments?start",
                     R"({"key": "price", "coverage": "50%", "when": ["country", "in", ["DE", "FR"]],)"
                     R"("variants": [{"key": "a", "weight": 2}, {"key": "b", "weight": 3}, {"key": "c", "weight": 5}],)"
                     R"("plan": {"metrics": [{"metric": "purchase"}]}})");
  Client client(options());
  ASSERT_TRUE(client.wait_until_ready(patience));
  constexpr int together = 100;
  http::Client asking = service_.client();
  for (int from = 0; from < 10'000; from += together) {
    std::vector<http::ClientRequest> questions;
    for (int i = from; i < from + together; ++i)
      questions.push_back({.method = http::Method::post,
                           .target = "/v1/evaluate",
                           .body = json{{"flags", {"checkout", "price"}},
                                        {"unit", customer(i)},
                                        {"attributes", {{"country", i % 3 == 0 ? "US" : "DE"}}}}
                                       .dump(),
                           .headers = {service_.authorization()}});
    const auto answers = asking.send_pipelined(questions);
    ASSERT_TRUE(answers);
    for (int i = from; i < from + together; ++i) {
      const auto id = customer(i);
      const assign::Unit unit{"user", id};
      const assign::Attribute country{"country", std::string_view(i % 3 == 0 ? "US" : "DE")};
      const auto said = json::parse((*answers)[static_cast<std::size_t>(i - from)].body).at("evaluations");
      for (const auto& decision : said) {
        const auto answer = client.json(decision.at("flag").get<std::string>(), {{&unit, 1}, {&country, 1}}, "null");
        EXPECT_EQ(decision.at("variant").is_null() ? "" : decision.at("variant").get<std::string>(), answer.variant);
        EXPECT_EQ(decision.at("value"), json::parse(answer.value));
        EXPECT_EQ(decision.at("reason"), name_of(answer.reason));
        EXPECT_EQ(decision.at("cause"), name_of(answer.cause));
      }
    }
  }
}

TEST_F(SdkServer, AnExposureIsReportedOnceHoweverOftenAUnitAsks) {
  Client client(options());
  ASSERT_TRUE(client.wait_until_ready(patience));
  for (int again = 0; again < 3; ++again) meet(client, 0, 500);
  ASSERT_TRUE(client.flush(patience));
  EXPECT_EQ(client.status().stored, 500U);
  EXPECT_EQ(client.status().duplicate, 0U);
  EXPECT_EQ(counts().at("units"), 500);
  EXPECT_EQ(counts().at("exposures"), 500);
}

TEST_F(SdkServer, WhatServerAndSdkBothReportIsStoredOnce) {
  service_.must_post("/v1/evaluate", R"({"flag": "checkout", "unit": "customer-0"})");
  ASSERT_TRUE(soon([this] { return counts().at("units") == 1; }));
  Client client(options());
  ASSERT_TRUE(client.wait_until_ready(patience));
  meet(client, 0, 1);
  ASSERT_TRUE(client.flush(patience));
  EXPECT_EQ(client.status().duplicate + client.status().stored, 1U);
  EXPECT_EQ(counts().at("units"), 1);
}

TEST_F(SdkServer, AChangeArrivesWithTheStreamAlone) {
  auto streaming = options();
  streaming.poll_every = 1h;
  Client client(streaming);
  ASSERT_TRUE(client.wait_until_ready(patience));
  ASSERT_TRUE(soon([&] { return client.status().streaming; }));
  add_flag("new");
  EXPECT_TRUE(soon([&] { return gives(client, "new"); }));
}

TEST_F(SdkServer, AChangeArrivesWithThePollAlone) {
  auto polling = options();
  polling.stream = false;
  Client client(polling);
  ASSERT_TRUE(client.wait_until_ready(patience));
  EXPECT_FALSE(gives(client, "new"));
  add_flag("new");
  EXPECT_TRUE(soon([&] { return gives(client, "new"); }));
  EXPECT_FALSE(client.status().streaming);
}

TEST_F(SdkServer, AChangeWhileTheServerWasAwayArrivesWhenItIsBack) {
  auto streaming = options();
  streaming.poll_every = 1h;
  Client client(streaming);
  ASSERT_TRUE(client.wait_until_ready(patience));
  ASSERT_TRUE(soon([&] { return client.status().streaming; }));
  service_.kill();
  ASSERT_TRUE(soon([&] { return !client.status().streaming; }));
  service_.start();
  add_flag("new");
  relay_.aim(service_.port());
  EXPECT_TRUE(soon([&] { return gives(client, "new") && client.status().streaming; }));
  add_flag("newer");
  EXPECT_TRUE(soon([&] { return gives(client, "newer"); }));
}

TEST_F(SdkServer, EventsSurviveAServerThatIsKilledAndComesBack) {
  Client client(options());
  ASSERT_TRUE(client.wait_until_ready(patience));
  meet(client, 0, 200);
  ASSERT_TRUE(client.flush(patience));
  service_.kill();
  meet(client, 200, 400);
  buy(client, 0, 400);
  EXPECT_FALSE(client.flush(100ms));
  EXPECT_NE(client.status().last_error, "");
  restart();
  ASSERT_TRUE(client.flush(patience));
  EXPECT_EQ(client.status().stored + client.status().duplicate, 800U);
  EXPECT_EQ(client.status().dropped, 0U);
  EXPECT_EQ(counts().at("units"), 400);
  EXPECT_EQ(counts().at("exposures"), 400);
  EXPECT_TRUE(soon([&] { return client.status().last_error.empty(); }));
}

TEST_F(SdkServer, ABusyServerIsAskedAgainAndNothingCountsTwice) {
  Client client(options());
  ASSERT_TRUE(client.wait_until_ready(patience));
  relay_.be(Relay::Mood::busy, 5);
  buy(client, 0, 1'200);
  ASSERT_TRUE(client.flush(patience));
  EXPECT_EQ(relay_.misbehaved(), 5);
  EXPECT_EQ(client.status().stored, 1'200U);
  EXPECT_EQ(client.status().duplicate, 0U);
}

TEST_F(SdkServer, BatchesThatAreTooLargeAreHalved) {
  auto patient = options();
  patient.flush_every = 1h;  // a batch leaves when it is full, so that it can be halved three times
  Client client(patient);
  ASSERT_TRUE(client.wait_until_ready(patience));
  buy(client, 0, 1);
  ASSERT_TRUE(client.flush(patience));
  relay_.be(Relay::Mood::too_large, 3);
  buy(client, 1, 1'200);
  ASSERT_TRUE(client.flush(patience));
  EXPECT_EQ(relay_.misbehaved(), 3);
  EXPECT_EQ(client.status().stored, 1'200U);
  EXPECT_EQ(client.status().refused, 0U);
}

TEST_F(SdkServer, AnswersThatGetLostMakeNothingCountTwice) {
  Client client(options());
  ASSERT_TRUE(client.wait_until_ready(patience));
  relay_.be(Relay::Mood::lose_answer, 3);
  meet(client, 0, 700);
  buy(client, 0, 700);
  ASSERT_TRUE(client.flush(patience));
  EXPECT_EQ(relay_.misbehaved(), 3);
  const auto status = client.status();
  EXPECT_EQ(status.stored + status.duplicate, 1'400U);
  EXPECT_GT(status.duplicate, 0U) << "the server had them, and said so";
  EXPECT_EQ(counts().at("units"), 700);
  EXPECT_EQ(counts().at("exposures"), 700);
}

TEST_F(SdkServer, StartsFromItsCacheWhileTheServerIsAway) {
  auto cached = options();
  cached.cache_file = data_.path() / "cache";
  const assign::Unit unit{"user", "customer-0"};
  std::string variant;
  std::int64_t version = 0;
  {
    Client client(cached);
    ASSERT_TRUE(client.wait_until_ready(patience));
    ASSERT_TRUE(soon([&] { return std::filesystem::exists(cached.cache_file); }));
    variant = client.json("checkout", {{&unit, 1}, {}}, "null").variant;
    version = client.status().config_version;
  }
  service_.kill();
  Client client(cached);
  EXPECT_TRUE(client.ready()) << "at once";
  EXPECT_EQ(client.status().origin, Origin::cache);
  EXPECT_EQ(client.status().phase, Phase::stale);
  EXPECT_EQ(client.status().config_version, version);
  EXPECT_EQ(client.json("checkout", {{&unit, 1}, {}}, "null").variant, variant);
  restart();
  EXPECT_TRUE(soon([&] { return client.status().phase == Phase::ready; }));
  EXPECT_EQ(client.status().origin, Origin::server);
}

TEST_F(SdkServer, ABrokenCacheIsIgnored) {
  auto cached = options();
  cached.cache_file = data_.path() / "cache";
  { std::ofstream(cached.cache_file) << "touchstone-configuration 1\nnot the seal\n\"1\"\n{}"; }
  Client client(cached);
  EXPECT_FALSE(client.ready());
  EXPECT_TRUE(client.wait_until_ready(patience));
  EXPECT_EQ(client.status().origin, Origin::server);
}

TEST_F(SdkServer, AFullQueueDropsAndCounts) {
  service_.kill();
  auto small = options();
  small.most_waiting = 100;
  Client client(small);
  int taken = 0;
  for (int i = 0; i < 150; ++i) taken += client.track({.name = "purchase", .unit = {"user", "u1"}}) ? 1 : 0;
  EXPECT_EQ(taken, 100);
  EXPECT_EQ(client.status().waiting, 100U);
  EXPECT_EQ(client.status().dropped, 50U);
  restart();
  ASSERT_TRUE(client.flush(patience));
  EXPECT_EQ(client.status().stored, 100U);
  EXPECT_EQ(client.status().waiting, 0U);
}

TEST_F(SdkServer, ClosingSendsWhatWaits) {
  auto lazy = options();
  lazy.flush_every = 1h;
  lazy.batch = 1'000;
  Client client(lazy);
  ASSERT_TRUE(client.wait_until_ready(patience));
  meet(client, 0, 300);
  EXPECT_TRUE(client.close(patience));
  EXPECT_EQ(client.status().stored, 300U);
  EXPECT_EQ(client.status().phase, Phase::closed);
  EXPECT_EQ(counts().at("units"), 300);
  meet(client, 300, 301);
  EXPECT_EQ(client.status().dropped, 1U) << "evaluation goes on, but nobody sends";
}

TEST_F(SdkServer, ClosingGivesUpWhenItsTimeIsOver) {
  Client client(options());
  ASSERT_TRUE(client.wait_until_ready(patience));
  service_.kill();
  buy(client, 0, 30);
  EXPECT_FALSE(client.close(50ms));
  EXPECT_EQ(client.status().dropped, 30U);
  EXPECT_EQ(client.status().waiting, 0U);
}

TEST_F(SdkServer, AConfigurationWithoutWordFromTheServerGrowsStale) {
  auto clock = std::make_shared<std::atomic<std::int64_t>>(1'764'000'000'000'000);
  auto timed = options();
  timed.now = [clock] { return assign::Instant(std::chrono::microseconds(clock->load())); };
  Client client(timed);
  ASSERT_TRUE(soon([&] { return client.status().phase == Phase::ready; }));
  service_.kill();
  ASSERT_TRUE(soon([&] { return !client.status().last_error.empty(); }));
  *clock += std::chrono::microseconds(121s).count();
  EXPECT_EQ(client.status().phase, Phase::stale);
  const assign::Unit unit{"user", "customer-0"};
  EXPECT_NE(client.json("checkout", {{&unit, 1}, {}}, "null").variant, "");
  restart();
  EXPECT_TRUE(soon([&] { return client.status().phase == Phase::ready; }));
}

TEST_F(SdkServer, AClockThatIsOffIsCorrected) {
  auto off = options();
  off.now = [] {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()) + std::chrono::hours(72);
  };
  Client client(off);
  ASSERT_TRUE(client.wait_until_ready(patience));
  meet(client, 0, 10);
  ASSERT_TRUE(client.flush(patience));
  EXPECT_EQ(client.status().stored, 10U);
  EXPECT_EQ(client.status().quarantined, 0U);
}

TEST_F(SdkServer, ABadKeyIsSaidAndKeepsEvents) {
  auto bad = options();
  bad.key = "ts_sdk_mistyped";
  Client client(bad);
  ASSERT_TRUE(client.track({.name = "purchase", .unit = {"user", "u1"}}));
  EXPECT_TRUE(soon([&] { return client.status().last_error.find("401") != std::string::npos; }));
  EXPECT_FALSE(client.ready());
  EXPECT_EQ(client.status().waiting, 1U);
  EXPECT_FALSE(client.close(0ms));
}

TEST_F(SdkServer, AUnitThatMeetsItsVariantLaterIsExposedThen) {
  service_.must_post("/v1/experiments?start",
                     R"({"key": "banner", "exposure": "client", "variants": [{"key": "old"}, {"key": "new"}],)"
                     R"( "plan": {"metrics": [{"metric": "purchase"}]}})");
  Client client(options());
  const assign::Unit unit{"user", "customer-0"};
  ASSERT_TRUE(soon([&] { return !client.json("banner", {{&unit, 1}, {}}, "null").variant.empty(); }));
  const auto answer = client.json("banner", {{&unit, 1}, {}}, "null");
  ASSERT_TRUE(client.flush(patience));
  EXPECT_EQ(client.status().stored, 0U);
  client.expose(answer);
  client.expose(answer);
  ASSERT_TRUE(client.flush(patience));
  EXPECT_EQ(client.status().stored, 1U);
}

TEST_F(SdkServer, ManyThreadsEvaluateWhileTheConfigurationChanges) {
  Client client(options());
  ASSERT_TRUE(client.wait_until_ready(patience));
  std::atomic<bool> enough{false};
  std::atomic<int> strange{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([&] {
      const assign::Unit unit{"user", "customer-0"};
      const auto first = std::string(client.json("checkout", {{&unit, 1}, {}}, "null").variant);
      while (!enough)
        if (client.json("checkout", {{&unit, 1}, {}}, "null").variant != first) ++strange;
    });
  const auto before = client.status().config_version;
  for (int i = 0; i < 5; ++i) add_flag("f" + std::to_string(i));
  EXPECT_TRUE(soon([&] { return client.status().config_version >= before + 5; }));
  enough = true;
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(strange, 0);
  ASSERT_TRUE(client.flush(patience));
  EXPECT_EQ(client.status().stored, 1U);
}

TEST_F(SdkServer, IdentityAndTraitsArrive) {
  Client client(options());
  ASSERT_TRUE(client.link({"device", "d1"}, {"user", "u1"}));
  const std::vector<assign::Attribute> attributes = {{"plan", std::string_view("pro")}, {"seats", 3.0}};
  ASSERT_TRUE(client.traits({"user", "u1"}, attributes));
  const std::vector<std::string_view> list = {"a", "b"};
  const std::vector<assign::Attribute> properties = {{"margin", 12.5}, {"gift", true}, {"tags", std::span(list)}};
  ASSERT_TRUE(client.track({.name = "purchase",
                            .unit = {"user", "u1"},
                            .value = 49.9,
                            .properties = properties,
                            .channel = "web",
                            .touchpoint = "basket",
                            .id = "order-1"}));
  ASSERT_TRUE(client.flush(patience));
  EXPECT_EQ(client.status().stored, 3U);
  EXPECT_EQ(client.status().refused, 0U);
}

TEST(SdkTls, TrustsTheServerThatItsAuthoritiesSignedAndNoOther) {
  const e2e::TemporaryDirectory directory;
  const auto certificate = (directory.path() / "certificate.pem").string();
  const auto key = (directory.path() / "key.pem").string();
  try {
    const auto made =
        e2e::run({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
                  "-days", "1", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
  } catch (const std::runtime_error&) {
    GTEST_SKIP() << "no openssl (Debian: apt install openssl)";
  }
  const e2e::Service service(directory.path() / "data", {"--tls-cert", certificate, "--tls-key", key});
  Options options{.address = "https://127.0.0.1:" + std::to_string(service.port()), .key = service.key()};
  {
    Client stranger(options);
    EXPECT_TRUE(soon([&] { return stranger.status().last_error.find("certificate") != std::string::npos; }))
        << stranger.status().last_error;
    EXPECT_FALSE(stranger.ready());
  }
  options.authorities = certificate;
  const Client client(options);
  EXPECT_TRUE(client.wait_until_ready(patience)) << client.status().last_error;
}

}  // namespace
}  // namespace touchstone::sdk
