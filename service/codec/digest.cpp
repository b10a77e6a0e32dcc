#include "service/codec/digest.hpp"

#include <array>

#include <sodium.h>

namespace touchstone::codec {

std::string digest_text(const std::array<unsigned char, 32>& digest) {
  std::array<char, 2 * 32 + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return "b2-256:" + std::string(hex.data());
}

std::string digest_of(std::string_view bytes) {
  std::array<unsigned char, 32> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                     nullptr, 0);
  return digest_text(hash);
}

}  // namespace touchstone::codec
