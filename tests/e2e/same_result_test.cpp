// Real experiments, sent over HTTP in every disorder, give the report that `touchstone analyze` gives for their file:
// the same digest, byte for byte.

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "tests/e2e/judged.hpp"

namespace touchstone::e2e {
namespace {

struct DataSet {
  std::string name;
  std::vector<std::string> arguments;  // the first is the file, below the folder of shared data
};

const std::vector<DataSet>& data_sets() {
  static const std::vector<DataSet> all = {
      {"landing_page",
       {"landing-page/events.ndjson.gz", "--metric", "converted:proportion", "--control", "control", "--split",
        "control=50,treatment=50", "--expect", "landing_page=control:old_page,treatment:new_page"}},
      {"hillstrom_email",
       {"hillstrom-email/hillstrom.csv.gz", "--variant", "segment", "--control", "No E-Mail", "--metric",
        "visit:proportion", "--metric", "conversion:proportion", "--metric", "spend:sum"}},
      {"cookie_cats",
       {"cookie-cats/cookie_cats.csv.gz", "--unit", "userid", "--variant", "version", "--control", "gate_30",
        "--metric", "retention_7:proportion", "--metric", "retention_1:proportion", "--metric", "sum_gamerounds:sum"}},
  };
  return all;
}

void send_all(Service& service, const std::vector<std::string>& bodies) {
  for (const auto& body : bodies) service.must_post("/v1/events", body);
}

class SameResult : public testing::TestWithParam<DataSet> {
 protected:
  void SetUp() override {
    const auto shared = shared_data();
    if (shared.empty()) GTEST_SKIP() << "no shared data: set TOUCHSTONE_SHARED";
    auto arguments = GetParam().arguments;
    arguments.front() = (shared / "data" / arguments.front()).string();
    judged_ = judge_file(arguments);
  }

  Judged judged_;
};

TEST_P(SameResult, InOrder) {
  const TemporaryDirectory data;
  Service service(data.path());
  agree(service, judged_);
  send_all(service, batches(judged_.events, 1000));
  EXPECT_EQ(digest_of(service, judged_.experiment), judged_.digest);
}

TEST_P(SameResult, ShuffledDoubledAndInOddBatches) {
  auto events = judged_.events;
  events.insert(events.end(), judged_.events.begin(), judged_.events.end());
  std::mt19937_64 random(20170102);
  std::ranges::shuffle(events, random);
  const TemporaryDirectory data;
  Service service(data.path());
  agree(service, judged_);
  send_all(service, batches(events, 773));
  EXPECT_EQ(digest_of(service, judged_.experiment), judged_.digest);
}

TEST_P(SameResult, HalfBeforeAndHalfAfterARestart) {
  const auto bodies = batches(judged_.events, 1000);
  const auto half = bodies.begin() + static_cast<std::ptrdiff_t>(bodies.size() / 2);
  const TemporaryDirectory data;
  Service service(data.path());
  agree(service, judged_);
  send_all(service, {bodies.begin(), half});
  ASSERT_EQ(service.stop(), 0);
  service.start();
  send_all(service, {half, bodies.end()});
  EXPECT_EQ(digest_of(service, judged_.experiment), judged_.digest);
}

TEST_P(SameResult, EventsFirstAgreementLater) {
  const TemporaryDirectory data;
  Service service(data.path());
  send_all(service, batches(judged_.events, 1000));
  agree(service, judged_);
  EXPECT_EQ(digest_of(service, judged_.experiment), judged_.digest);
}

INSTANTIATE_TEST_SUITE_P(RealData, SameResult, testing::ValuesIn(data_sets()),
                         [](const auto& set) { return set.param.name; });

}  // namespace
}  // namespace touchstone::e2e
