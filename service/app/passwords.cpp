#include "service/app/passwords.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

namespace touchstone::app {
namespace {

constexpr auto kPasses = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr auto kMemory = crypto_pwhash_MEMLIMIT_INTERACTIVE;
static_assert(kPasses == 2 && kMemory == 64U << 20U && crypto_pwhash_ALG_DEFAULT == crypto_pwhash_ALG_ARGON2ID13);

/// Of UTF-8: bytes that begin one.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_text(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, small, small); }

Error no_password(std::string message, std::string hint) {
  return {ErrorCode::invalid, std::move(message), "/password", std::move(hint)};
}

/// What is checked where nobody has the address, so that the answer takes as long.
const std::string& decoy() {
  static const std::string hash = [] {
    const auto made = hash_password("nobody has this one");
    return made ? *made : std::string();
  }();
  return hash;
}

}  // namespace

Status check_password(std::string_view password, std::string_view email, std::string_view name) {
  if (characters(password) < kShortestPassword)
    return no_password("shorter than 12 characters", "A few words make a good one; any characters count.");
  if (password.size() > kLongestPassword) return no_password("longer than 1000 bytes", "Choose a shorter one.");
  if (same_text(password, email) || same_text(password, name))
    return no_password("your own name or address is none", "Choose another one.");
  return ok();
}

Result<std::string> hash_password(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), kPasses, kMemory) == 0)
    return std::string(hash.data());
  return Error{ErrorCode::unavailable, "there is no memory to hash a password", "", "Send it again in a moment."};
}

bool verify_password(const std::string& hash, std::string_view password) {
  const bool known = !hash.empty();
  const auto& against = known ? hash : decoy();
  return crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0 && known;
}

}  // namespace touchstone::app
