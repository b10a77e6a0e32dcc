#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace touchstone::cli {

/// "reading 12.4 of 54.0 MB (23 %), 48 MB/s", of bytes.
[[nodiscard]] std::string progress_text(std::uint64_t bytes, std::uint64_t total, std::chrono::duration<double> since);

/// "[######----------------] 27 % of 54.0 MB, 12 s left", of bytes; without a total as progress_text.
[[nodiscard]] std::string progress_bytes(std::uint64_t bytes, std::uint64_t total, std::chrono::duration<double> since);

/// "[######----------------] 27 % of 2,000 repetitions, 12 s left"
[[nodiscard]] std::string progress_bar(std::uint64_t done, std::uint64_t total, std::chrono::duration<double> since);

/// One line on standard error that says how far something is; silent where standard error is not a terminal.
class Progress {
 public:
  using Text = std::string (*)(std::uint64_t done, std::uint64_t total, std::chrono::duration<double> since);

  Progress(bool shown, std::uint64_t total, Text text = progress_text) : shown_(shown), total_(total), text_(text) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  /// Tells of how much is done so far. Cheap to call often: it draws ten times a second.
  void at(std::uint64_t done);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool shown_;
  bool drawn_ = false;
  std::uint64_t total_;
  Text text_;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point next_ = begun_ + std::chrono::milliseconds{250};
};

}  // namespace touchstone::cli
