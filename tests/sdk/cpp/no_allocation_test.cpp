#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sdk/cpp/client.hpp"
#include "sdk/cpp/exposure_ring.hpp"
#include "sdk/cpp/met_before.hpp"
#include "sdk/wire/snapshot_json.hpp"
#include "tests/assign/documents.hpp"
#include "tests/counting_allocator.hpp"

namespace touchstone::sdk {
namespace {

std::vector<std::string> many_ids() {
  std::vector<std::string> ids;
  for (int i = 0; i < 1'000; ++i)
    ids.push_back("a customer whose id is longer than any small text " + std::to_string(i));
  return ids;
}

TEST(SdkMemory, AnEvaluationAllocatesNothing) {
  const Client client(Options{.bootstrap = wire::write_snapshot(tests::one_experiment())});
  const auto ids = many_ids();
  const assign::Unit first{"user", "first"};
  EXPECT_EQ(client.json("f", {{&first, 1}, {}}, "null").problem, Problem::none) << "a thread's first looks around";
  std::size_t assigned = 0;
  const auto before = tests::allocations();
  for (const auto& id : ids) {
    const assign::Unit unit{"user", id};
    const auto answer = client.json("f", {{&unit, 1}, {}}, "null");
    const auto copy = answer;
    assigned += copy.cause == assign::Cause::assigned ? 1 : 0;
    assigned += client.text("f", {{&unit, 1}, {}}, "otherwise").problem == Problem::type_mismatch ? 0 : 1;
  }
  EXPECT_EQ(tests::allocations(), before);
  EXPECT_GT(assigned, 0U);
}

TEST(SdkMemory, ReportingAnExposureAllocatesNothing) {
  MetBefore met;
  ExposureRing ring(1024);
  const auto ids = many_ids();
  const auto before = tests::allocations();
  for (const auto& id : ids) {
    const assign::Exposure exposure{"e", "treatment", {"user", id}, 1, {}};
    const auto fingerprint = MetBefore::fingerprint(exposure);
    if (!met.contains(fingerprint) && ring.push({{}, 7, "e", "treatment", exposure.unit}) != ExposureRing::Push::full)
      met.remember(fingerprint);
  }
  EXPECT_EQ(tests::allocations(), before);
  EXPECT_EQ(ring.waiting(), ids.size());
}

}  // namespace
}  // namespace touchstone::sdk
