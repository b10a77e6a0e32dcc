#include "service/http/detail/conversation.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "tests/service/http/corpus.hpp"
#include "tests/service/http/trial.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::http::test {
namespace {

using Want = Conversation::Want;

std::vector<Route> fast_routes() {
  const auto echo = FastHandler([](const Request& q, Response& r) { std::get<std::string>(r.body) = q.body; });
  const auto fail = FastHandler([](const Request&, Response&) { throw 1; });
  return {{Method::get, "/probe", 0, echo},
          {Method::get, "/", 0, echo},
          {Method::get, "/fast/{a}", 0, echo},
          {Method::post, "/echo", 1024, echo},
          {Method::get, "/throws", 0, fail}};
}

// One conversation, fed without a socket.
class Talk {
 public:
  // False once no more bytes are taken.
  bool say(std::string_view bytes) {
    while (!bytes.empty() && open_) {
      const auto room = conversation_.room();
      const auto n = std::min(room.size(), bytes.size());
      std::ranges::copy(bytes.substr(0, n), room.begin());
      conversation_.received(n);
      bytes.remove_prefix(n);
      Want want = conversation_.advance();
      while (want == Want::room) {
        collect();
        want = conversation_.advance();
      }
      collect();
      open_ = want == Want::bytes;
    }
    return open_;
  }

  std::vector<int> statuses() {
    std::vector<int> all;
    while (const auto answer = take_answer(said_)) {
      if (answer->status != 100) all.push_back(answer->status);
    }
    return all;
  }

 private:
  void collect() {
    said_ += conversation_.out();
    conversation_.out().clear();
  }

  Site site_{quick_options(), fast_routes(), plain_error};
  Worker worker_{site_, 0, [] {}};
  Conversation conversation_{worker_, 1, "test"};
  std::string said_;
  bool open_ = true;
};

bool is_fast(const Case& given) {
  return given.bytes.find("/slow") == std::string::npos && given.bytes.find("/durable") == std::string::npos;
}

TEST(Conversation, AnswersTheCorpusAlikeInOnePiece) {
  for (const auto& given : corpus()) {
    if (!is_fast(given)) continue;
    Talk talk;
    EXPECT_EQ(talk.say(given.bytes), given.open_after) << given.name;
    EXPECT_EQ(talk.statuses(), given.statuses) << given.name;
  }
}

TEST(Conversation, AnswersTheCorpusAlikeByteByByte) {
  for (const auto& given : corpus()) {
    if (!is_fast(given) || given.bytes.size() > 20'000) continue;
    Talk talk;
    bool open = true;
    for (const char& byte : given.bytes) open = talk.say({&byte, 1});
    EXPECT_EQ(open, given.open_after) << given.name;
    EXPECT_EQ(talk.statuses(), given.statuses) << given.name;
  }
}

TEST(Conversation, AnswersTheCorpusAlikeInTwoPieces) {
  for (const auto& given : corpus()) {
    if (!is_fast(given) || given.bytes.size() > 400) continue;
    for (std::size_t cut = 1; cut < given.bytes.size(); ++cut) {
      Talk talk;
      talk.say(std::string_view(given.bytes).substr(0, cut));
      EXPECT_EQ(talk.say(std::string_view(given.bytes).substr(cut)), given.open_after) << given.name << " at " << cut;
      EXPECT_EQ(talk.statuses(), given.statuses) << given.name << " at " << cut;
    }
  }
}

// Bytes from nowhere get well-formed answers, and never more of them than there are lines that could be requests.
TEST(Conversation, SurvivesDamage) {
  std::mt19937 random(20240229);
  const auto& cases = corpus();
  for (int round = 0; round < 20'000; ++round) {
    const Case& given = cases[random() % cases.size()];
    if (!is_fast(given) || given.bytes.size() > 6000) continue;
    std::string bytes = given.bytes + cases[random() % 17].bytes;
    for (auto damages = random() % 4; damages > 0; --damages) {
      const auto at = random() % bytes.size();
      if (random() % 2 == 0) bytes[at] = static_cast<char>(random());
      if (random() % 4 == 0) bytes.erase(at, random() % 8);
      if (random() % 4 == 0) bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 16));
    }
    Talk talk;
    const auto cut = random() % bytes.size();
    talk.say(std::string_view(bytes).substr(0, cut));
    talk.say(std::string_view(bytes).substr(cut));
    const auto answers = talk.statuses();
    const auto ends = static_cast<std::size_t>(std::ranges::count(bytes, '\n'));
    ASSERT_LE(answers.size(), ends + 1) << "seed 20240229, round " << round;
    ASSERT_TRUE(std::ranges::all_of(answers, [](int s) { return s >= 200 && s <= 599; })) << "round " << round;
  }
}

}  // namespace
}  // namespace touchstone::http::test
