#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "assign/snapshot.hpp"

namespace touchstone::fast {

/// How a flag was asked for since the program started. A single evaluation may expose a unit, a bulk one never does.
struct WaysAsked {
  bool singly = false;
  bool in_bulk = false;

  friend bool operator==(const WaysAsked&, const WaysAsked&) = default;
};

/// Remembers it for every flag of one snapshot. Event loops share it: a mark that is there already is only read.
class Asked {
 public:
  explicit Asked(std::shared_ptr<const assign::Snapshot> snapshot);
  /// The same for a later snapshot; flags keep what was remembered of their key.
  Asked(std::shared_ptr<const assign::Snapshot> snapshot, const Asked& before);

  void singly(std::string_view flag) const noexcept { mark(flag, kSingly); }
  void in_bulk(std::string_view flag) const noexcept { mark(flag, kInBulk); }
  void all_in_bulk() const noexcept;

  [[nodiscard]] WaysAsked ways(std::string_view flag) const noexcept;

 private:
  using Marks = std::uint8_t;
  static constexpr Marks kSingly = 1;
  static constexpr Marks kInBulk = 2;

  void mark(std::string_view flag, Marks mark) const noexcept;
  [[nodiscard]] Marks marks(std::string_view flag) const noexcept;

  std::shared_ptr<const assign::Snapshot> snapshot_;
  mutable std::vector<std::atomic<Marks>> marks_;
  mutable std::atomic<bool> all_in_bulk_{false};
};

}  // namespace touchstone::fast
