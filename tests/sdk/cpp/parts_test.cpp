// The parts that need no server.

#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "sdk/cpp/cache_file.hpp"
#include "sdk/cpp/event_ids.hpp"
#include "sdk/cpp/event_stream.hpp"
#include "sdk/cpp/exposure_ring.hpp"
#include "sdk/cpp/met_before.hpp"
#include "sdk/cpp/outbox.hpp"
#include "sdk/wire/backoff.hpp"
#include "tests/service/app/scratch.hpp"

namespace touchstone::sdk {
namespace {

using namespace std::chrono_literals;

TEST(SdkBackoff, IsSpreadOverASpanThatDoubles) {
  wire::Backoff backoff(100ms, 400ms, 1);
  const std::vector<std::chrono::milliseconds> spans = {100ms, 200ms, 400ms, 400ms, 400ms};
  for (const auto span : spans) EXPECT_LE(backoff.next(), span);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 200; ++i) seen.insert(backoff.next().count());
  EXPECT_LT(*seen.begin(), 40);  // of 200 draws from 0 to 400, none below 40 has a probability of 1e-9
  EXPECT_GT(*seen.rbegin(), 360);
  backoff.reset();
  EXPECT_LE(backoff.next(), 100ms);
}

TEST(SdkBackoff, WaitsAtLeastAsLongAsTheServerSays) {
  wire::Backoff backoff(100ms, 400ms, 1);
  const auto wait = backoff.next(7s);
  EXPECT_GE(wait, 7s);
  EXPECT_LE(wait, 7s + 100ms);
  EXPECT_LE(backoff.next(100'000s), 3600s + 400ms);
}

std::vector<std::string> heard(EventStream& stream, std::string_view bytes) {
  std::vector<std::string> all;
  stream.feed(bytes, [&all](const EventStream::Message& message) {
    all.push_back(std::string(message.event) + "|" + std::string(message.id) + "|" + std::string(message.data));
  });
  return all;
}

// The examples of the HTML standard, section 9.2.6, and its three kinds of line ends.
TEST(SdkEventStream, ReadsWhatTheStandardShows) {
  EventStream stream;
  EXPECT_EQ(heard(stream, ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n"),
            (std::vector<std::string>{"message|1|first event", "message||second event"}));
  EventStream empty;
  EXPECT_EQ(heard(empty, "data\n\ndata\ndata\n\ndata:"), (std::vector<std::string>{"message||", "message||\n"}));
  EventStream other;
  EXPECT_EQ(heard(other, "event: config\r\nid: 7\r\ndata: {}\r\n\r\nevent: config\rid: 8\rdata: {}\r\r"),
            (std::vector<std::string>{"config|7|{}", "config|8|{}"}));
}

TEST(SdkEventStream, DoesNotMindWhereTheBytesAreCut) {
  const std::string text = "id: 7\r\nevent: config\r\ndata: a\r\ndata: b\r\n\r\n: heartbeat\n\n";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    EventStream stream;
    auto all = heard(stream, std::string_view(text).substr(0, cut));
    for (auto& message : heard(stream, std::string_view(text).substr(cut))) all.push_back(message);
    EXPECT_EQ(all, std::vector<std::string>{"config|7|a\nb"}) << cut;
  }
}

class SdkCacheFile : public testing::Test {
 protected:
  Scratch directory_;
  const std::filesystem::path path_ = directory_.path() / "configuration";
  const Fetched fetched_{"\"42\"", "{\"format\":1}\nand more"};
};

TEST_F(SdkCacheFile, GivesBackWhatWasWritten) {
  const CacheFile cache(path_, "http://here", "key");
  EXPECT_FALSE(cache.read());
  ASSERT_TRUE(cache.write({"\"41\"", "older and longer than what replaces it, by far"}));
  ASSERT_TRUE(cache.write(fetched_));
  EXPECT_EQ(cache.read(), fetched_);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory_.path()), {}), 1);
}

TEST_F(SdkCacheFile, IsNothingToAnotherKeyOrServer) {
  ASSERT_TRUE(CacheFile(path_, "http://here", "key").write(fetched_));
  EXPECT_FALSE(CacheFile(path_, "http://here", "other").read());
  EXPECT_FALSE(CacheFile(path_, "http://there", "key").read());
}

TEST_F(SdkCacheFile, NoticesEveryChangedAndEveryMissingByte) {
  const CacheFile cache(path_, "http://here", "key");
  ASSERT_TRUE(cache.write(fetched_));
  std::ifstream file(path_, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(file), {}};
  for (std::size_t i = 0; i < whole.size(); ++i) {
    auto changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    std::ofstream(path_, std::ios::binary) << changed;
    EXPECT_FALSE(cache.read()) << i;
    std::ofstream(path_, std::ios::binary) << whole.substr(0, i);
    EXPECT_FALSE(cache.read()) << i;
  }
}

TEST_F(SdkCacheFile, SaysWhereTheDiskRefuses) {
  EXPECT_FALSE(CacheFile(directory_.path() / "missing" / "file", "http://here", "key").write(fetched_));
}

assign::Exposure exposure_of(std::string_view id) { return {"checkout", "one-page", {"user", id}, 1, {}}; }

Met met_of(std::string_view id) { return {{}, 7, "checkout", "one-page", {"user", id}}; }

TEST(SdkExposureRing, HoldsWhatItTakesUntilItIsFull) {
  ExposureRing ring(8);
  std::vector<ExposureRing::Push> said;
  for (int i = 0; i < 9; ++i) said.push_back(ring.push(met_of(std::to_string(i))));
  EXPECT_EQ(std::ranges::count(said, ExposureRing::Push::half_full), 1);
  EXPECT_EQ(said.back(), ExposureRing::Push::full);
  EXPECT_EQ(ring.waiting(), 8U);
  for (int round = 0; round < 20; ++round) {  // many times around
    std::string id;
    ASSERT_TRUE(ring.take([&id](const Met& met) { id = met.unit.id; }));
    EXPECT_EQ(id, std::to_string(round < 8 ? round : round + 92));
    EXPECT_NE(ring.push(met_of(std::to_string(round + 100))), ExposureRing::Push::full);
  }
}

TEST(SdkExposureRing, RefusesTextLongerThanAnyValidOne) {
  ExposureRing ring(8);
  EXPECT_EQ(ring.push(met_of(std::string(1000, 'x'))), ExposureRing::Push::full);
  EXPECT_NE(ring.push(met_of(std::string(256, 'x'))), ExposureRing::Push::full);
}

TEST(SdkExposureRing, LosesAndDoublesNothingBetweenThreads) {
  constexpr int pushers = 3;
  constexpr int each = 5'000;
  constexpr std::size_t all = 15'000;
  ExposureRing ring(64);
  std::vector<std::thread> threads;
  for (int pusher = 0; pusher < pushers; ++pusher)
    threads.emplace_back([&ring, pusher] {
      for (int i = 0; i < each; ++i)
        while (ring.push(met_of(std::to_string(pusher * each + i))) == ExposureRing::Push::full)
          std::this_thread::yield();
    });
  std::set<std::string> seen;
  std::size_t taken = 0;
  while (taken < all)
    if (ring.take([&seen](const Met& met) { seen.emplace(met.unit.id); }))
      ++taken;
    else
      std::this_thread::yield();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(seen.size(), taken);
  EXPECT_EQ(ring.waiting(), 0U);
}

TEST(SdkMetBefore, KnowsWhatItWasToldAndNothingElse) {
  MetBefore met(65'536);
  for (int i = 0; i < 10'000; ++i) met.remember(MetBefore::fingerprint(exposure_of(std::to_string(i))));
  int known = 0;
  for (int i = 0; i < 10'000; ++i)
    known += met.contains(MetBefore::fingerprint(exposure_of(std::to_string(i)))) ? 1 : 0;
  EXPECT_EQ(known, 10'000);  // lines of 8 that hold 1.2 on average
  for (int i = 10'000; i < 20'000; ++i)
    EXPECT_FALSE(met.contains(MetBefore::fingerprint(exposure_of(std::to_string(i)))));
}

TEST(SdkMetBefore, TellsEveryPartOfAnExposureApart) {
  const std::vector<assign::Exposure> all = {{"e", "v", {"user", "1"}, 1, {}}, {"e", "w", {"user", "1"}, 1, {}},
                                             {"f", "v", {"user", "1"}, 1, {}}, {"e", "v", {"device", "1"}, 1, {}},
                                             {"e", "v", {"user", "2"}, 1, {}}, {"v", "e", {"user", "1"}, 1, {}}};
  std::set<MetBefore::Fingerprint> prints;
  for (const auto& each : all) prints.insert(MetBefore::fingerprint(each));
  EXPECT_EQ(prints.size(), all.size());
}

TEST(SdkMetBefore, ForgetsOneOfALineThatIsFull) {
  MetBefore met(8);
  for (MetBefore::Fingerprint i = 1; i <= 100; ++i) {
    met.remember(i << 56U);
    EXPECT_TRUE(met.contains(i << 56U));
  }
}

TEST(SdkOutbox, KeepsItsOrderAndItsBounds) {
  Outbox outbox(3);
  EXPECT_EQ(outbox.push("aa"), 1U);
  EXPECT_EQ(outbox.push("bb"), 2U);
  EXPECT_EQ(outbox.push("cc"), 3U);
  EXPECT_FALSE(outbox.push("dd"));
  EXPECT_EQ(outbox.oldest(2, 100), (std::vector<std::string>{"aa", "bb"}));
  EXPECT_EQ(outbox.oldest(9, 5), (std::vector<std::string>{"aa", "bb"}));
  EXPECT_EQ(outbox.oldest(9, 1), (std::vector<std::string>{"aa"}));
  outbox.settle(2);
  EXPECT_EQ(outbox.oldest(9, 100), (std::vector<std::string>{"cc"}));
  EXPECT_EQ(outbox.pushed(), 3U);
  EXPECT_EQ(outbox.settled(), 2U);
}

TEST(SdkEventIds, AreNeverTheSame) {
  EventIds one;
  EventIds other;
  std::set<std::string> all;
  for (int i = 0; i < 1'000; ++i) {
    all.insert(one.next());
    all.insert(other.next());
  }
  EXPECT_EQ(all.size(), 2'000U);
}

}  // namespace
}  // namespace touchstone::sdk
