#include "service/app/salt.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <sodium.h>

namespace touchstone::app {

namespace {

std::string random_text(std::size_t length) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  static_assert(alphabet.size() == 64);
  std::string text(length, '\0');
  randombytes_buf(text.data(), text.size());
  std::ranges::transform(text, text.begin(),
                         [alphabet](char c) { return alphabet[static_cast<unsigned char>(c) % 64]; });
  return text;
}

}  // namespace

std::string new_salt() { return random_text(23); }
std::string new_secret() { return random_text(43); }

}  // namespace touchstone::app
