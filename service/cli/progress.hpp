#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace touchstone::cli {

/// One line on standard error that says how far the reading is; silent where standard error is not a terminal.
class Progress {
 public:
  Progress(bool shown, std::uint64_t total_bytes) : shown_(shown), total_(total_bytes) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  /// Tells of bytes read so far over all files. Cheap to call often: it draws ten times a second.
  void at(std::uint64_t bytes);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool shown_;
  bool drawn_ = false;
  std::uint64_t total_;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point next_ = begun_ + std::chrono::milliseconds{250};
};

/// "reading 12.4 of 54.0 MB (23 %), 48 MB/s"
[[nodiscard]] std::string progress_text(std::uint64_t bytes, std::uint64_t total, std::chrono::duration<double> since);

}  // namespace touchstone::cli
