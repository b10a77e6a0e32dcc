#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace touchstone::sdk {

/// Events as JSON on their way to the server, oldest first, in bounded number. They stay until they are settled, so
/// that a retry sends the same bytes.
class Outbox {
 public:
  explicit Outbox(std::size_t most) : most_(most) {}

  /// How many wait now; nothing where it is full.
  std::optional<std::size_t> push(std::string item);

  /// Copies of the oldest, at most so many and so many bytes, but at least one if there is one.
  [[nodiscard]] std::vector<std::string> oldest(std::size_t most, std::size_t most_bytes) const;
  /// The `count` oldest are done with.
  void settle(std::size_t count);

  [[nodiscard]] std::size_t waiting() const;
  [[nodiscard]] bool full() const { return waiting() >= most_; }
  [[nodiscard]] std::uint64_t pushed() const;   ///< since the start
  [[nodiscard]] std::uint64_t settled() const;  ///< since the start

 private:
  const std::size_t most_;
  mutable std::mutex mutex_;
  std::deque<std::string> items_;
  std::uint64_t pushed_ = 0;
};

}  // namespace touchstone::sdk
