#pragma once

#include <array>
#include <string>
#include <string_view>

namespace touchstone::codec {

/// How a digest is written: "b2-256:" and 64 lower-case hex digits.
[[nodiscard]] std::string digest_text(const std::array<unsigned char, 32>& digest);

/// BLAKE2b-256 of the bytes, in that form.
[[nodiscard]] std::string digest_of(std::string_view bytes);

/// A digest of records one after the other: at each, it stands for that one and all before it.
class DigestChain {
 public:
  void add(std::string_view record);
  [[nodiscard]] std::string text() const;  ///< 32 lower-case hex digits

 private:
  std::array<unsigned char, 16> last_{};
};

}  // namespace touchstone::codec
