// One look serves all who listen, and nothing is looked at where nobody does.

#include "service/api/live_board.hpp"

#include <atomic>
#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/service/api/gate.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::api {
namespace {

using namespace std::chrono_literals;
using http::test::eventually;

/// A board over experiments whose state is a number.
struct Watched {
  explicit Watched(std::size_t most = 10) : board(ask(), look(), 1ms, most) {
    board.start([this] { ++woken; });
  }
  ~Watched() { board.stop(); }

  LiveBoard::AskVersion ask() {
    return [this](std::uint32_t) { return LiveBoard::Version{version.load()}; };
  }
  LiveBoard::Look look() {
    return [this](std::uint32_t, const std::string& experiment, const judge::TellStage& tell) -> Result<LiveState> {
      ++looks;
      const auto number = version.load();
      if (during) during(tell);
      if (fails) return Error{ErrorCode::unavailable, "not now", "", ""};
      return LiveState{experiment + std::to_string(number), std::to_string(number)};
    };
  }

  std::atomic<std::uint64_t> version = 1;
  std::atomic<int> looks = 0;
  std::atomic<int> woken = 0;
  std::atomic<bool> fails = false;
  std::function<void(const judge::TellStage&)> during{};
  LiveBoard board;
};

std::string text(const std::shared_ptr<const LiveBoard::Channel>& place) {
  const auto state = place->load()->state;
  return state ? state->text : "";
}

TEST(LiveBoard, LooksOnceForAllWhoListen) {
  Watched watched;
  const auto a = watched.board.listen(1, "e");
  const auto b = watched.board.listen(1, "e");
  EXPECT_EQ(a, b);
  EXPECT_TRUE(eventually([&] { return text(a) == "1"; }));
  watched.version = 2;
  EXPECT_TRUE(eventually([&] { return text(b) == "2"; }));
  EXPECT_EQ(watched.looks, 2);
}

TEST(LiveBoard, NobodyListensAndNothingIsLookedAt) {
  Watched watched;
  watched.version = 5;
  {
    const auto place = watched.board.listen(1, "e");
    EXPECT_TRUE(eventually([&] { return text(place) == "5"; }));
  }
  watched.version = 6;
  const auto other = watched.board.listen(1, "other");
  EXPECT_TRUE(eventually([&] { return text(other) == "6"; }));
  EXPECT_EQ(watched.looks, 2) << "nobody looked at e again";
}

TEST(LiveBoard, WhatHasNotChangedWakesNobody) {
  Watched watched;
  const auto place = watched.board.listen(1, "e");
  EXPECT_TRUE(eventually([&] { return text(place) == "1"; }));
  const auto other = watched.board.listen(1, "other");
  EXPECT_TRUE(eventually([&] { return text(other) == "1"; }));
  EXPECT_EQ(watched.woken, 2);
  EXPECT_EQ(watched.looks, 2);
}

TEST(LiveBoard, ALookThatTakesLongSaysWhereItIs) {
  Gate gate;
  Watched watched;
  watched.during = [&](const judge::TellStage& tell) {
    const auto begun = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() < begun + 2ms) std::this_thread::yield();
    tell({"estimate", 2, 5});
    gate.wait();
  };
  const auto place = watched.board.listen(1, "e");
  gate.until_somebody_waits();
  EXPECT_EQ(place->load()->stage, (judge::Stage{"estimate", 2, 5}));
  EXPECT_EQ(place->load()->state, nullptr);
  gate.open();
  EXPECT_TRUE(eventually([&] { return text(place) == "1"; }));
  EXPECT_EQ(place->load()->stage, std::nullopt);
}

TEST(LiveBoard, ALookThatFailsIsRepeated) {
  Watched watched;
  watched.fails = true;
  const auto place = watched.board.listen(1, "e");
  EXPECT_TRUE(eventually([&] { return watched.looks > 2; }));
  EXPECT_EQ(text(place), "");
  watched.fails = false;
  EXPECT_TRUE(eventually([&] { return text(place) == "1"; }));
}

TEST(LiveBoard, HasSoManyPlaces) {
  Watched watched(2);
  auto first = watched.board.listen(1, "e");
  const auto second = watched.board.listen(1, "other");
  EXPECT_EQ(watched.board.listen(1, "e"), nullptr);
  first = nullptr;
  EXPECT_NE(watched.board.listen(1, "e"), nullptr);
}

}  // namespace
}  // namespace touchstone::api
