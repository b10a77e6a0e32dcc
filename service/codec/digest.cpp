#include "service/codec/digest.hpp"

#include <array>

#include <sodium.h>

namespace touchstone::codec {

std::string digest_of(std::string_view bytes) {
  std::array<unsigned char, 32> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                     nullptr, 0);
  std::array<char, 2 * hash.size() + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return "b2-256:" + std::string(hex.data());
}

}  // namespace touchstone::codec
