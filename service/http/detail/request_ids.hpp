#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace touchstone::http {

/// Sixteen hexadecimal digits, different for each request of one event loop and, by a random start, between loops and
/// runs.
class RequestIds {
 public:
  using Text = std::array<char, 16>;

  RequestIds();

  std::string_view next(Text& out) noexcept;

 private:
  std::uint64_t state_;
};

}  // namespace touchstone::http
