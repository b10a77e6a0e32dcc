#include "assign/key.hpp"

#include <algorithm>
#include <cstddef>

namespace touchstone::assign {
namespace {

constexpr std::size_t longest_key = 128;
constexpr std::size_t salt_size = 23;

bool alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool key_character(char c) { return alphanumeric(c) || c == '.' || c == '_' || c == '-'; }
bool salt_character(char c) { return alphanumeric(c) || c == '_' || c == '-'; }

}  // namespace

bool valid_key(std::string_view key) noexcept {
  return !key.empty() && key.size() <= longest_key && alphanumeric(key.front()) &&
         std::all_of(key.begin(), key.end(), key_character);
}

bool valid_salt(std::string_view salt) noexcept {
  return salt.size() == salt_size && std::all_of(salt.begin(), salt.end(), salt_character);
}

}  // namespace touchstone::assign
