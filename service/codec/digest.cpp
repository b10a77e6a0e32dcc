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

void DigestChain::add(std::string_view record) {
  const auto key = last_;
  crypto_generichash(last_.data(), last_.size(), reinterpret_cast<const unsigned char*>(record.data()), record.size(),
                     key.data(), key.size());
}

std::string DigestChain::text() const {
  std::array<char, 2 * 16 + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), last_.data(), last_.size());
  return hex.data();
}

}  // namespace touchstone::codec
