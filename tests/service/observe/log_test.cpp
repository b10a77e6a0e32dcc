#include "service/observe/log.hpp"

#include <gtest/gtest.h>

namespace touchstone::observe {
namespace {

TEST(ObserveLog, IsOneJsonObjectALine) {
  EXPECT_EQ(log_line("2026-11-21T14:00:00.000Z", Level::warn, "refused", {{"reason", "busy"}, {"times", "3"}}),
            R"({"ts":"2026-11-21T14:00:00.000Z","level":"warn","event":"refused","reason":"busy","times":"3"})");
}

TEST(ObserveLog, NobodyCanWriteALineOfTheirOwn) {
  const auto line = log_line("t", Level::info, "said", {{"what", "a\nb\"c\\d\x1b[31m\x7f"}});
  EXPECT_EQ(line, R"({"ts":"t","level":"info","event":"said","what":"a\u000ab\"c\\d\u001b[31m\u007f"})");
}

}  // namespace
}  // namespace touchstone::observe
