#include "service/cli/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>

#include <fmt/format.h>

#include "service/page/number_text.hpp"

namespace touchstone::cli {
namespace {

constexpr std::chrono::milliseconds redraw{100};
constexpr double megabyte = 1e6;

std::string bar(std::uint64_t done, std::uint64_t total, std::string_view of, std::chrono::duration<double> since) {
  constexpr double wide = 30;
  const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
  const auto filled = static_cast<std::size_t>(wide * share);
  const auto drawn = std::string(filled, '#').append(static_cast<std::size_t>(wide) - filled, '-');
  auto text = fmt::format("[{}] {:.0f} % of {}", drawn, 100 * share, of);
  if (done > 0) text.append(fmt::format(", {:.0f} s left", since.count() * (1 / share - 1)));
  return text;
}

}  // namespace

std::string progress_text(std::uint64_t bytes, std::uint64_t total, std::chrono::duration<double> since) {
  const auto read = static_cast<double>(bytes) / megabyte;
  const auto rate = since.count() > 0 ? read / since.count() : 0;
  if (total == 0) return fmt::format("reading {:.1f} MB, {:.0f} MB/s", read, rate);
  const auto all = static_cast<double>(total) / megabyte;
  return fmt::format("reading {:.1f} of {:.1f} MB ({:.0f} %), {:.0f} MB/s", read, all, 100 * read / all, rate);
}

std::string progress_bytes(std::uint64_t bytes, std::uint64_t total, std::chrono::duration<double> since) {
  if (total == 0) return progress_text(bytes, total, since);
  return bar(bytes, total, fmt::format("{:.1f} MB", static_cast<double>(total) / megabyte), since);
}

std::string progress_bar(std::uint64_t done, std::uint64_t total, std::chrono::duration<double> since) {
  return bar(done, total, fmt::format("{} repetitions", page::grouped(total)), since);
}

void Progress::at(std::uint64_t done) {
  if (!shown_) return;
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + redraw;
  drawn_ = true;
  fmt::print(stderr, "\r\x1b[K{}", text_(done, total_, now - begun_));
  std::fflush(stderr);
}

void Progress::clear() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
  drawn_ = false;
}

}  // namespace touchstone::cli
