#include "service/http/detail/request_ids.hpp"

#include <random>

namespace touchstone::http {
namespace {

// SplitMix64's output function: neighbours in the sequence share no visible pattern.
std::uint64_t mix(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

std::uint64_t random_start() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

}  // namespace

RequestIds::RequestIds() : state_(random_start()) {}

std::string_view RequestIds::next(Text& out) noexcept {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::uint64_t value = mix(state_ += 0x9E3779B97F4A7C15ULL);
  for (char& c : out) {
    c = digits[value & 15];
    value >>= 4;
  }
  return {out.data(), out.size()};
}

}  // namespace touchstone::http
