// Why there is no figure, in words.

#include "service/page/status_text.hpp"

#include <gtest/gtest.h>

#include "stats/status.hpp"

namespace touchstone::page {
namespace {

TEST(StatusText, EveryStatusButOkHasWords) {
  for (int i = 1; i <= static_cast<int>(stats::Status::not_converged); ++i) {
    const auto code = stats::name(static_cast<stats::Status>(i));
    ASSERT_FALSE(code.empty()) << i;
    EXPECT_NE(status_text(code), code);
    EXPECT_EQ(status_text(code).find('_'), std::string::npos) << code;
  }
  EXPECT_EQ(status_text("something_else"), "something_else");
}

}  // namespace
}  // namespace touchstone::page
