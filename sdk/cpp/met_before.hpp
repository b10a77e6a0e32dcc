#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "assign/decision.hpp"

namespace touchstone::sdk {

/// Remembers, in a fixed amount of memory and for all threads, which exposures were reported lately. Forgetting is
/// harmless, for the server knows each exposure's id; so are two threads that meet a unit at the same moment.
class MetBefore {
 public:
  using Fingerprint = std::uint64_t;

  /// Remembers at most `size` exposures, a power of two and at least 8: by default 262,144 in 2 MiB.
  explicit MetBefore(std::size_t size = 262'144);

  [[nodiscard]] static Fingerprint fingerprint(const assign::Exposure& exposure) noexcept;
  [[nodiscard]] bool contains(Fingerprint met) const noexcept;
  void remember(Fingerprint met) noexcept;

 private:
  using Place = std::atomic<Fingerprint>;
  /// A cache line, filled in turn: with one place each, two exposures that share it would evict each other for ever.
  struct alignas(64) Line {
    std::array<Place, 8> met{};
  };

  [[nodiscard]] std::size_t line(Fingerprint met) const noexcept { return met & (lines_.size() - 1); }

  std::vector<Line> lines_;
};

}  // namespace touchstone::sdk
