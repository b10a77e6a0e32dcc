#include "assign/condition.hpp"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "assign/program_builder.hpp"
#include "assign/walk.hpp"

// Which conditions hold is in tests/vectors; here is what is refused, and what no other language can be asked.
namespace touchstone::assign {
namespace {

using Texts = std::vector<std::string>;

Error refusal_of(const Condition& condition, const Segments& segments = {}) {
  const auto status = check(condition, segments);
  return status ? Error{} : status.error();
}

struct Refused {
  Condition condition;
  ErrorCode code;
  std::string pointer;
};

TEST(Condition, IsRefusedWithThePlaceAndAHint) {
  const std::string long_text(ConditionLimits::text + 1, 'x');
  const std::vector<Refused> table = {
      {test_of("a", Operator::is, Texts{"x"}), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::in, std::string("x")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::lt, std::string("1")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::gt, std::numeric_limits<double>::infinity()), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::contains, true), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::exists, 1.0), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::matches, std::string("(")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::matches, std::string("(?i)x")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::matches, std::string("(?=x)")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::matches, std::string("(?P<n>x)")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::matches, std::string("(x)\\1")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::matches, std::string("\\pL")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::matches, std::string("\\C")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::matches, std::string("\\Qx\\E")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::matches, std::string("[[:alpha:]]")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::matches, std::string("[]a]")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::before, std::string("soon")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::version_lt, std::string("1.x")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::cidr, std::string("10.0.0.0/33")), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::cidr, Texts{"10.0.0.0/8", "here"}), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::cidr, Texts{}), ErrorCode::invalid, "/2"},
      {test_of("a", Operator::is, long_text), ErrorCode::too_large, "/2"},
      {test_of("a", Operator::in, Texts{long_text}), ErrorCode::too_large, "/2"},
      {test_of("a", Operator::in, Texts(ConditionLimits::list + 1, "x")), ErrorCode::too_large, "/2"},
      {test_of("", Operator::exists, true), ErrorCode::invalid, "/0"},
      {in_segment("absent"), ErrorCode::invalid, "/segment"},
      {all_of({test_of("a", Operator::exists, true), not_of(any_of({test_of("b", Operator::lt, true)}))}),
       ErrorCode::invalid, "/all/1/not/any/0/2"},
  };
  for (const auto& row : table) {
    const auto error = refusal_of(row.condition);
    EXPECT_EQ(error.code, row.code) << error.message;
    EXPECT_EQ(error.pointer, row.pointer) << error.message;
    EXPECT_FALSE(error.hint.empty()) << error.message;
  }
}

TEST(Condition, AcceptsPatternsThatRe2AndJavaScriptShare) {
  for (const std::string pattern :
       {"^a(?:b|c)+$", "[\\w.-]{1,3}", "\\d+\\.\\d*?", "[^\\]a]", "\\bx\\b", "a\\/b", "\\x41"})
    EXPECT_TRUE(check(test_of("a", Operator::matches, pattern), {})) << pattern;
}

TEST(Condition, TooDeepIsRefused) {
  Condition condition = test_of("a", Operator::exists, true);
  for (std::size_t i = 0; i < ConditionLimits::depth; ++i) condition = not_of(std::move(condition));
  EXPECT_TRUE(check(condition, {}));
  EXPECT_EQ(refusal_of(not_of(std::move(condition))).code, ErrorCode::too_large);
}

TEST(Condition, TooManyTestsAreRefused) {
  std::vector<Condition> tests(ConditionLimits::tests, test_of("a", Operator::exists, true));
  EXPECT_TRUE(check(all_of(tests), {}));
  tests.push_back(tests.front());
  EXPECT_EQ(refusal_of(all_of(tests)).code, ErrorCode::too_large);
}

TEST(Segments, ThatUseThemselvesAreRefused) {
  const Segments direct = {{"a", in_segment("a")}};
  const Segments around = {{"a", not_of(in_segment("b"))}, {"b", any_of({in_segment("c")})}, {"c", in_segment("a")}};
  for (const auto& segments : {direct, around}) {
    const auto status = check(segments);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::invalid);
    EXPECT_TRUE(status.error().pointer.starts_with("/segments/")) << status.error().pointer;
    EXPECT_FALSE(check(in_segment("a"), segments));
  }
}

TEST(Segments, ThatShareSegmentsWithoutACycleAreFine) {
  EXPECT_TRUE(check(Segments{{"a", all_of({in_segment("b"), in_segment("c")})},
                             {"b", in_segment("d")},
                             {"c", in_segment("d")},
                             {"d", test_of("x", Operator::exists, true)}}));
}

TEST(Segments, WhoseWorkDoublesWithEachLevelAreRefused) {
  Segments segments = {{"s00", test_of("x", Operator::is, 1.0)}};
  for (int i = 1; i <= 14; ++i) {
    const auto below = (i <= 10 ? "s0" : "s") + std::to_string(i - 1);
    segments["s" + std::string(i < 10 ? "0" : "") + std::to_string(i)] = any_of({in_segment(below), in_segment(below)});
  }
  const auto status = check(segments);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::too_large);
}

TEST(Segments, AChainTooLongIsRefused) {
  Segments segments = {{"0", test_of("x", Operator::is, 1.0)}};
  for (int i = 1; i < 100'000; ++i) segments[std::to_string(i)] = in_segment(std::to_string(i - 1));
  const auto status = check(in_segment("99999"), segments);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::too_large);
}

TEST(Segments, ListsRefuseWhatIsNoId) {
  const auto status = check(Segments{{"vip", UnitList{"user", {"u1", ""}}}});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().pointer, "/segments/vip/list/ids/1");
}

bool holds_for(const Condition& condition, std::vector<Attribute> attributes) {
  TextArena texts;
  Programs programs;
  const Segments segments;
  const auto entry = ProgramBuilder(segments, texts, programs).add(condition, "");
  Silent silent;
  const auto no_flags = [](const Test&) { return std::optional<Value>(); };
  return entry && run(programs, *entry, Subject{{}, attributes, {}}, silent, no_flags);
}

TEST(Condition, AnIpv4AddressLiesInTheMappedPartOfIpv6) {
  const auto everywhere = test_of("ip", Operator::cidr, std::string("::/0"));
  EXPECT_TRUE(holds_for(everywhere, {{"ip", std::string_view("10.0.0.1")}}));
  EXPECT_FALSE(holds_for(everywhere, {{"ip", std::string_view("10.0.0.1\0", 9)}}));
}

TEST(Condition, APatternThatWouldTakeForeverElsewhereIsLinear) {
  const std::string victim(100'000, 'a');
  EXPECT_FALSE(holds_for(test_of("x", Operator::matches, std::string("^(a+)+$b")), {{"x", std::string_view(victim)}}));
}

TEST(Condition, NotANumberIsInNoList) {
  const auto listed = test_of("x", Operator::in, std::vector<double>{3, 1, 2});
  EXPECT_TRUE(holds_for(listed, {{"x", 2.0}}));
  EXPECT_FALSE(holds_for(listed, {{"x", std::numeric_limits<double>::quiet_NaN()}}));
}

TEST(Operator, NamesLeadBack) {
  for (int i = 0; i <= static_cast<int>(Operator::exists); ++i)
    EXPECT_EQ(operator_named(name_of(static_cast<Operator>(i))), static_cast<Operator>(i));
  EXPECT_FALSE(operator_named("near"));
}

}  // namespace
}  // namespace touchstone::assign
