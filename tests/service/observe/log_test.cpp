#include "service/observe/log.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace touchstone::observe {
namespace {

/// Standard error as a pipe that is read when the test says so.
class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
    before_ = dup(STDERR_FILENO);
    dup2(ends_[1], STDERR_FILENO);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    dup2(before_, STDERR_FILENO);
    for (const int file : {before_, ends_[0], ends_[1]}) close(file);
  }

  std::string read_all() {
    fcntl(ends_[0], F_SETFL, O_NONBLOCK);
    std::string text;
    std::array<char, 4096> block{};
    for (ssize_t size = 0; (size = read(ends_[0], block.data(), block.size())) > 0;)
      text.append(block.data(), static_cast<std::size_t>(size));
    return text;
  }

 private:
  std::array<int, 2> ends_{};
  int before_ = -1;
};

TEST(ObserveLog, IsOneJsonObjectALine) {
  EXPECT_EQ(log_line("2026-11-21T14:00:00.000Z", Level::warn, "refused", {{"reason", "busy"}, {"times", "3"}}),
            R"({"ts":"2026-11-21T14:00:00.000Z","level":"warn","event":"refused","reason":"busy","times":"3"})");
}

TEST(ObserveLog, NobodyCanWriteALineOfTheirOwn) {
  const auto line = log_line("t", Level::info, "said", {{"what", "a\nb\"c\\d\x1b[31m\x7f"}});
  EXPECT_EQ(line, R"({"ts":"t","level":"info","event":"said","what":"a\u000ab\"c\\d\u001b[31m\u007f"})");
}

TEST(ObserveLog, DoesNotWaitForWhoReadsIt) {
  Pipe pipe;
  constexpr std::size_t kLines = 5'000;  // several times what a pipe holds
  for (std::size_t i = 0; i < kLines; ++i) log(Level::info, "said", {{"what", "much"}});
  const std::string kept = pipe.read_all();
  const auto lines = static_cast<std::size_t>(std::ranges::count(kept, '\n'));
  EXPECT_GT(lines, 100U);
  EXPECT_LT(lines, kLines);
  EXPECT_EQ(kept.back(), '\n');

  log(Level::info, "heard");
  const std::string after = pipe.read_all();
  EXPECT_NE(after.find(R"("event":"log_lines_dropped","lines":")" + std::to_string(kLines - lines) + '"'),
            std::string::npos)
      << after;
  EXPECT_NE(after.find(R"("event":"heard")"), std::string::npos);
}

}  // namespace
}  // namespace touchstone::observe
