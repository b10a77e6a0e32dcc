#include "assign/dialect/hash.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <string>

#include <openssl/evp.h>

#include "assign/murmur3.hpp"
#include "assign/utf8.hpp"

namespace touchstone::assign::dialect {
namespace {

__extension__ typedef unsigned __int128 Wide;

void append_utf16(std::u32string& units, char32_t c) {
  if (c < 0x10000) {
    units += c;
    return;
  }
  units += static_cast<char32_t>(0xD800 + ((c - 0x10000) >> 10));
  units += static_cast<char32_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
}

std::u32string bytes_of(std::string_view text) {
  std::u32string units;
  for (const char c : text) units += static_cast<unsigned char>(c);
  return units;
}

std::u32string units_of(Encoding encoding, std::string_view text) {
  if (encoding == Encoding::utf8) return bytes_of(text);
  std::u32string units;
  for (auto rest = text; !rest.empty();) {
    const auto c = next_code_point(rest);
    if (!c) return bytes_of(text);
    if (encoding == Encoding::code_points)
      units += *c;
    else
      append_utf16(units, *c);
  }
  return units;
}

std::string low_bytes(const std::u32string& units) {
  std::string bytes;
  for (const char32_t unit : units) bytes += static_cast<char>(unit & 0xFF);
  return bytes;
}

std::uint32_t fnv1a32(const std::u32string& units) {
  std::uint32_t h = 2166136261U;
  for (const char32_t unit : units) h = (h ^ static_cast<std::uint32_t>(unit)) * 16777619U;
  return h;
}

std::uint32_t java31(const std::u32string& units, std::uint32_t seed) {
  std::uint32_t h = 0;
  for (const char32_t unit : units) h = 31 * h + static_cast<std::uint32_t>(unit);
  return h ^ seed;
}

std::uint32_t mixed_block(const std::u32string& units, std::size_t at) {
  const auto unit = [&](std::size_t i) {
    return at + i < units.size() ? static_cast<std::uint32_t>(units[at + i]) : 0U;
  };
  return unit(0) ^ (unit(1) << 8) ^ (unit(2) << 16) ^ ((unit(3) & 0xFF) << 24) ^ ((unit(3) & 0xFF00) >> 8);
}

std::uint32_t scramble(std::uint32_t k) { return std::rotl(k * 0xcc9e2d51U, 15) * 0x1b873593U; }

/// MurmurHash3 as the imurmurhash package computes it: whole UTF-16 units shifted over each other, and a tail that is
/// left out when it is not positive as a signed number.
std::uint32_t murmur3_mixed(const std::u32string& units, std::uint32_t seed) {
  std::uint32_t h = seed;
  const std::size_t whole = units.size() / 4 * 4;
  for (std::size_t i = 0; i < whole; i += 4) h = std::rotl(h ^ scramble(mixed_block(units, i)), 13) * 5 + 0xe6546b64U;
  const auto tail = mixed_block(units, whole);
  if (static_cast<std::int32_t>(tail) > 0) h ^= scramble(tail);
  h ^= static_cast<std::uint32_t>(units.size());
  h = (h ^ (h >> 16)) * 0x85ebca6bU;
  h = (h ^ (h >> 13)) * 0xc2b2ae35U;
  return h ^ (h >> 16);
}

std::uint32_t murmur3_of(Encoding encoding, const std::u32string& units, std::uint32_t seed) {
  return encoding == Encoding::utf16_mixed ? murmur3_mixed(units, seed) : murmur3(low_bytes(units), seed);
}

std::uint64_t big_endian(const unsigned char* bytes) {
  std::uint64_t number = 0;
  for (int i = 0; i < 8; ++i) number = (number << 8) | bytes[i];
  return number;
}

Hashed digest(const EVP_MD* kind, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  EVP_Digest(bytes.data(), bytes.size(), out.data(), nullptr, kind, nullptr);
  return {big_endian(out.data()), big_endian(out.data() + 8)};
}

/// The number that the first `digits` hex digits of a digest write.
Hashed first_hex(const Hashed& digest, int digits) { return {0, digest.high >> (64 - 4 * digits)}; }

}  // namespace

Hashed hash(Hash kind, Encoding encoding, std::uint32_t seed, std::string_view text) {
  const auto units = units_of(encoding, text);
  switch (kind) {
    case Hash::fnv1a32:
      return {0, fnv1a32(units)};
    case Hash::fnv1a32_twice:
      return {0, fnv1a32(bytes_of(std::to_string(fnv1a32(units))))};
    case Hash::murmur3:
      return {0, murmur3_of(encoding, units, seed)};
    case Hash::java31:
      return {0, java31(units, seed)};
    case Hash::md5:
      return digest(EVP_md5(), low_bytes(units));
    case Hash::md5_32:
      return first_hex(digest(EVP_md5(), low_bytes(units)), 8);
    case Hash::sha1_28:
      return first_hex(digest(EVP_sha1(), low_bytes(units)), 7);
    case Hash::sha1_52:
      return first_hex(digest(EVP_sha1(), low_bytes(units)), 13);
    case Hash::sha1_60:
      return first_hex(digest(EVP_sha1(), low_bytes(units)), 15);
    case Hash::sha256_64:
      return first_hex(digest(EVP_sha256(), low_bytes(units)), 16);
  }
  return {};
}

std::uint64_t remainder(const Hashed& hashed, std::uint64_t n) noexcept {
  return static_cast<std::uint64_t>(((Wide{hashed.high} << 64) | hashed.low) % n);
}

}  // namespace touchstone::assign::dialect
