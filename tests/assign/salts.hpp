#pragma once

#include <cstdint>
#include <string>

namespace touchstone::tests {

/// A well-formed salt for each number: the same in every run, unlike for unlike numbers.
inline std::string salt(std::uint64_t number) {
  constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  std::string text;
  for (int i = 0; i < 23; ++i) {
    number = number * 6364136223846793005ULL + 1442695040888963407ULL;
    text += alphabet[(number >> 58) & 63];
  }
  return text;
}

}  // namespace touchstone::tests
