#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace touchstone::assign {

/// MurmurHash3 x86 32 (Austin Appleby, SMHasher). The result does not depend on the machine's byte order.
[[nodiscard]] std::uint32_t murmur3(std::string_view bytes, std::uint32_t seed = 0) noexcept;

/// MurmurHash3 x86 32 of `prefix + bytes` for many `bytes`: the whole blocks of the prefix are mixed once.
class Murmur3Prefix {
 public:
  Murmur3Prefix() noexcept = default;
  explicit Murmur3Prefix(std::string_view prefix, std::uint32_t seed = 0) noexcept;

  [[nodiscard]] std::uint32_t operator()(std::string_view bytes) const noexcept;

  /// The results of `a` and `b` for the same bytes. Prefixes of whole blocks share the work on them.
  [[nodiscard]] static std::pair<std::uint32_t, std::uint32_t> both(const Murmur3Prefix& a, const Murmur3Prefix& b,
                                                                    std::string_view bytes) noexcept;

 private:
  std::uint32_t state_ = 0;
  std::uint32_t size_ = 0;
  std::array<char, 3> tail_{};
  std::uint8_t tail_size_ = 0;
};

}  // namespace touchstone::assign
