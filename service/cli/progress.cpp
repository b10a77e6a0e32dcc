#include "service/cli/progress.hpp"

#include <cstdio>

#include <fmt/format.h>

namespace touchstone::cli {
namespace {

constexpr std::chrono::milliseconds redraw{100};
constexpr double megabyte = 1e6;

}  // namespace

std::string progress_text(std::uint64_t bytes, std::uint64_t total, std::chrono::duration<double> since) {
  const auto read = static_cast<double>(bytes) / megabyte;
  const auto rate = since.count() > 0 ? read / since.count() : 0;
  if (total == 0) return fmt::format("reading {:.1f} MB, {:.0f} MB/s", read, rate);
  const auto all = static_cast<double>(total) / megabyte;
  return fmt::format("reading {:.1f} of {:.1f} MB ({:.0f} %), {:.0f} MB/s", read, all, 100 * read / all, rate);
}

void Progress::at(std::uint64_t bytes) {
  if (!shown_) return;
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + redraw;
  drawn_ = true;
  fmt::print(stderr, "\r\x1b[K{}", progress_text(bytes, total_, now - begun_));
  std::fflush(stderr);
}

void Progress::clear() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
  drawn_ = false;
}

}  // namespace touchstone::cli
