#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "assign/subject.hpp"

namespace touchstone::fast {

/// Which variants units keep, in experiments that are sticky or take no new units: what the event loops read while one
/// other thread writes. A question costs one SipHash and, on average, less than two looks into memory; it waits for
/// nobody. Eight bytes a place, three eighths to three quarters of the places taken: 11 to 21 bytes an entry.
///
/// A 62-bit keyed hash stands for (experiment, unit): among a hundred million entries a unit that is in none is taken
/// for another one with a chance of 2e-11.
class KeptTable final : public assign::Memory {
 public:
  [[nodiscard]] std::optional<assign::Met> find(std::string_view experiment,
                                                const assign::Unit& unit) const noexcept override;

 private:
  friend class Keeper;

  static constexpr std::size_t kShards = 64;
  static constexpr std::size_t kSmallestShard = 16;
  static constexpr std::uint32_t kVariants = 0x7F;  ///< of a code: the variant and one
  static constexpr std::uint32_t kBelongs = 0x80;
  using Place = std::atomic<std::uint64_t>;
  using Secret = std::array<unsigned char, 16>;

  /// Open addressing. A place is free (0) or has a tag of 56 bits and a code of 8: what was met, or 0 for nothing.
  struct Shard {
    explicit Shard(std::size_t size) : mask(size - 1), places(std::make_unique<Place[]>(size)) {}

    /// The place of `tag`, or the free one where it would be. There always is a free one.
    [[nodiscard]] Place& at(std::uint64_t tag) const noexcept;

    std::size_t mask;
    std::unique_ptr<Place[]> places;
  };

  static constexpr std::size_t shard_of(std::uint64_t hash) noexcept { return hash % kShards; }
  static constexpr std::uint64_t tag_of(std::uint64_t hash) noexcept { return hash < 256 ? 1 : hash >> 8U; }
  static constexpr std::uint64_t tag_in(std::uint64_t place) noexcept { return place >> 8U; }
  static constexpr std::uint64_t code_in(std::uint64_t place) noexcept { return place & 0xFFU; }

  KeptTable();
  [[nodiscard]] std::uint64_t hash(std::string_view experiment, const assign::Unit& unit) const noexcept;

  Secret secret_{};
  std::array<std::shared_ptr<const Shard>, kShards> shards_;
};

}  // namespace touchstone::fast
