#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "assign/decide.hpp"
#include "tests/assign/documents.hpp"
#include "tests/counting_allocator.hpp"

namespace touchstone::assign {
namespace {

using tests::salt;

/// Every kind of decision and of test, but for patterns: RE2 keeps a cache of its own.
SnapshotDocument busy_document() {
  auto document = tests::one_experiment();
  document.segments["rule"] = any_of({test_of("n", Operator::in, std::vector<double>{1, 2}),
                                      test_of("t", Operator::in, std::vector<std::string>{"x", "y"})});
  document.segments["list"] = UnitList{"user", {"user-1", "user-2"}};
  document.holdouts["h"] = {salt(3), {{0, 100'000}}};
  document.experiments["e"].sticky.emplace();
  document.experiments["e"].fallback = "device";
  document.experiments["e"].overrides = {{in_segment("list"), "treatment"}};
  document.experiments["e"].when =
      all_of({not_of(in_segment("rule")), test_of("t", Operator::contains, std::string("a")),
              test_of("v", Operator::version_ge, std::string("1.2.3")),
              test_of("ip", Operator::cidr, std::vector<std::string>{"10.0.0.0/8"}),
              test_of("at", Operator::after, std::string("2026-01-01"))});
  document.flags["f"].rules.push_back({test_of("b", Operator::is, true), GiveDocument{"true"}});
  document.flags["f"].rules.push_back({{}, RolloutDocument{"user", salt(4), {{0, 500'000}}, "true"}});
  return document;
}

TEST(Decide, AllocatesNothing) {
  const auto snapshot = tests::compiled(busy_document());
  std::vector<std::string> ids;
  for (int i = 0; i < 1'000; ++i) ids.push_back("user-" + std::to_string(i));
  const std::array<std::string_view, 2> list = {"long enough to need memory of its own if copied", "a"};
  const std::array<Attribute, 6> attributes = {{{"n", 3.0},
                                                {"b", false},
                                                {"t", std::span<const std::string_view>(list)},
                                                {"v", std::string_view("1.10.0-rc.1")},
                                                {"ip", std::string_view("10.1.2.3")},
                                                {"at", std::string_view("2026-05-01T00:00:00+02:00")}}};
  const std::array<Sticky, 1> sticky = {{{"e", "control"}}};
  std::array<std::size_t, 16> causes{};
  const auto before = tests::allocations();
  for (const auto& id : ids) {
    const Unit unit{"user", id};
    const Subject fresh{{&unit, 1}, attributes, {}};
    ++causes[static_cast<std::size_t>(decide_experiment(*snapshot, "e", fresh).cause)];
    ++causes[static_cast<std::size_t>(decide(*snapshot, "f", Subject{{&unit, 1}, attributes, sticky}).cause)];
    decide_all(*snapshot, fresh, [&](const Decision& d) { ++causes[static_cast<std::size_t>(d.cause)]; });
  }
  EXPECT_EQ(tests::allocations(), before);
  for (const auto cause : {Cause::assigned, Cause::sticky, Cause::overridden, Cause::held_out, Cause::rollout})
    EXPECT_GT(causes[static_cast<std::size_t>(cause)], 0U) << name_of(cause);
}

}  // namespace
}  // namespace touchstone::assign
