#include "sdk/wire/exposure_id.hpp"

#include <array>
#include <cstdint>

#include <sodium.h>

namespace touchstone::wire {
namespace {

void append_sized(std::string& bytes, std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(size >> shift);
  bytes += text;
}

}  // namespace

std::string exposure_id(std::string_view experiment, std::string_view variant, const assign::Unit& unit) {
  std::string bytes;
  for (const auto part : {experiment, variant, unit.type, unit.id}) append_sized(bytes, part);
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                     nullptr, 0);
  std::array<char, 2 * hash.size() + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return "x-" + std::string(hex.data());
}

}  // namespace touchstone::wire
