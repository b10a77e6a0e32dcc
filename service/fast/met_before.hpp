#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "service/fast/exposure_ring.hpp"

namespace touchstone::fast {

/// Remembers, in a fixed amount of memory, which exposures were queued lately, so that a unit that asks again does not
/// write again. Forgetting is harmless: the journal knows each exposure's id for ever. A 64-bit keyed fingerprint
/// stands for (environment, experiment, variant, unit).
class MetBefore {
 public:
  using Fingerprint = std::uint64_t;

  /// Remembers at most `size` exposures, a power of two and at least 8: by default a million in 8 MiB.
  explicit MetBefore(std::size_t size = 1'048'576);

  [[nodiscard]] Fingerprint fingerprint(const RecordedExposure& exposure) const noexcept;
  [[nodiscard]] bool contains(Fingerprint met) const noexcept;
  /// Forgets the oldest of those that share its line.
  void remember(Fingerprint met) noexcept;

 private:
  /// A cache line, newest first. One exposure a place would have those that meet in it evict each other for ever.
  struct alignas(64) Line {
    std::array<Fingerprint, 8> met{};
  };

  [[nodiscard]] std::size_t line(Fingerprint met) const noexcept { return (met >> 1U) & (lines_.size() - 1); }

  std::array<unsigned char, 16> secret_{};
  std::vector<Line> lines_;
};

}  // namespace touchstone::fast
