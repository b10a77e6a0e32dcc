#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "service/fast/kept_table.hpp"

namespace touchstone::fast {

/// Writes the table of what units keep. One thread at a time; readers are never held up: entries change in place, and a
/// part of the table that has become too small is replaced by a larger one.
class Keeper {
 public:
  /// Told the table whenever a part of it was replaced: readers of the former one would miss what comes later.
  using Publish = std::function<void(std::shared_ptr<const KeptTable>)>;

  explicit Keeper(Publish publish);

  /// What the unit keeps from now on; nothing: it keeps nothing. Variants beyond the 127th are never kept. Where there
  /// is no memory for it (std::bad_alloc) nothing has changed.
  void put(std::string_view experiment, const assign::Unit& unit, std::optional<assign::Met> met);

  [[nodiscard]] std::shared_ptr<const KeptTable> table() const noexcept { return table_; }
  [[nodiscard]] std::size_t entries() const noexcept { return entries_.load(std::memory_order_relaxed); }

 private:
  struct Taken {
    std::size_t places = 0;   ///< that are not free
    std::size_t entries = 0;  ///< that keep something
  };

  void grow(std::size_t shard);
  void count(std::size_t shard, bool before, bool after);

  Publish publish_;
  std::shared_ptr<KeptTable> table_;
  std::array<Taken, KeptTable::kShards> taken_{};
  std::atomic<std::size_t> entries_{0};
};

}  // namespace touchstone::fast
