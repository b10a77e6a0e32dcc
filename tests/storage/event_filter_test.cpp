#include "storage/event_filter.hpp"

#include <gtest/gtest.h>

namespace touchstone::storage {
namespace {

constexpr std::string_view kBook = R"({"amount":12.5,"category":"books","gift":true,"pages":300})";

TEST(EventFilter, WithoutTestsEverythingPasses) {
  EXPECT_TRUE(passes({}, ""));
  EXPECT_TRUE(passes({}, kBook));
}

TEST(EventFilter, EqualIsEqualAsJson) {
  EXPECT_TRUE(passes({{"category", PropertyOperator::is, {R"("books")"}}}, kBook));
  EXPECT_TRUE(passes({{"gift", PropertyOperator::is, {"true"}}}, kBook));
  EXPECT_TRUE(passes({{"pages", PropertyOperator::is, {"300"}}}, kBook));
  EXPECT_FALSE(passes({{"pages", PropertyOperator::is, {R"("300")"}}}, kBook));
  EXPECT_TRUE(passes({{"category", PropertyOperator::in, {R"("toys")", R"("books")"}}}, kBook));
  EXPECT_FALSE(passes({{"category", PropertyOperator::in, {}}}, kBook));
}

TEST(EventFilter, NumbersCompareWithNumbersAlone) {
  const auto compared = [](std::string property, PropertyOperator op, double with) {
    return passes({{std::move(property), op, {}, with}}, kBook);
  };
  EXPECT_TRUE(compared("amount", PropertyOperator::gt, 12));
  EXPECT_FALSE(compared("amount", PropertyOperator::gt, 12.5));
  EXPECT_TRUE(compared("amount", PropertyOperator::ge, 12.5));
  EXPECT_TRUE(compared("amount", PropertyOperator::le, 12.5));
  EXPECT_FALSE(compared("amount", PropertyOperator::lt, 12.5));
  EXPECT_FALSE(compared("category", PropertyOperator::ge, 0));
  EXPECT_FALSE(compared("missing", PropertyOperator::lt, 1));
}

TEST(EventFilter, AllTestsMustHold) {
  const PropertyTest books{"category", PropertyOperator::is, {R"("books")"}};
  EXPECT_TRUE(passes({books, {"gift", PropertyOperator::exists, {}, 0, true}}, kBook));
  EXPECT_FALSE(passes({books, {"gift", PropertyOperator::exists, {}, 0, false}}, kBook));
  EXPECT_TRUE(passes({{"gift", PropertyOperator::exists, {}, 0, false}}, ""));
}

}  // namespace
}  // namespace touchstone::storage
