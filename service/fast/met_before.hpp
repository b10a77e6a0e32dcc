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

  /// Remembers at most `size` exposures, a power of two.
  explicit MetBefore(std::size_t size = 65536);

  [[nodiscard]] Fingerprint fingerprint(const RecordedExposure& exposure) const noexcept;
  [[nodiscard]] bool contains(Fingerprint met) const noexcept { return table_[place(met)] == met; }
  void remember(Fingerprint met) noexcept { table_[place(met)] = met; }

 private:
  [[nodiscard]] std::size_t place(Fingerprint met) const noexcept { return (met >> 1U) & (table_.size() - 1); }

  std::array<unsigned char, 16> secret_{};
  std::vector<Fingerprint> table_;
};

}  // namespace touchstone::fast
