#include "tests/service/http/corpus.hpp"

#include <algorithm>
#include <memory>

#include <gtest/gtest.h>

#include "tests/service/http/trial.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::http::test {
namespace {

class Corpus : public testing::TestWithParam<Case> {
 protected:
  static void SetUpTestSuite() { trial_ = std::make_unique<Trial>(); }
  static void TearDownTestSuite() { trial_.reset(); }
  static Trial& trial() { return *trial_; }

 private:
  static std::unique_ptr<Trial> trial_;
};

std::unique_ptr<Trial> Corpus::trial_;

std::vector<int> statuses(const std::vector<Answer>& answers) {
  std::vector<int> all;
  std::ranges::transform(answers, std::back_inserter(all), &Answer::status);
  return all;
}

// A last request tells whether the connection is usable and that no answer stands before its own.
void expect_open(Wire& wire, const Case& given) {
  for (const int status : given.statuses) {
    const auto answer = wire.read();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, status) << answer->body;
    EXPECT_EQ(answer->header("Connection"), given.bytes.find("HTTP/1.0") == std::string::npos ? "" : "keep-alive");
  }
  const auto last = wire.ask(get("/probe"));
  ASSERT_TRUE(last);
  EXPECT_EQ(last->body, "probe");
}

void expect_closed(Wire& wire, const Case& given) {
  wire.finish_sending();
  const auto answers = wire.read_to_end();
  ASSERT_TRUE(answers) << "not closed in good order";
  EXPECT_EQ(statuses(*answers), given.statuses);
  ASSERT_FALSE(answers->empty());
  EXPECT_EQ(answers->back().header("Connection"), "close");
}

TEST_P(Corpus, IsAnsweredAsTheStandardAsks) {
  const Case& given = GetParam();
  Wire wire(trial().port());
  wire.send(given.bytes);
  given.open_after ? expect_open(wire, given) : expect_closed(wire, given);
  EXPECT_EQ(Wire(trial().port()).ask(get("/probe"))->status, 200) << "the service did not survive";
}

INSTANTIATE_TEST_SUITE_P(Raw, Corpus, testing::ValuesIn(corpus()), [](const auto& each) { return each.param.name; });

TEST(CorpusItself, IsLargeEnoughAndNamesEachCaseOnce) {
  std::vector<std::string> names;
  std::ranges::transform(corpus(), std::back_inserter(names), &Case::name);
  std::ranges::sort(names);
  EXPECT_GE(names.size(), 250U);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

}  // namespace
}  // namespace touchstone::http::test
