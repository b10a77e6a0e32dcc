#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace touchstone::assign {

/// An IP address as 16 bytes; IPv4 in its mapped form ::ffff:a.b.c.d, so both families compare in one space.
using Address = std::array<std::uint8_t, 16>;

[[nodiscard]] std::optional<Address> parse_address(std::string_view text) noexcept;

/// Addresses that share their first `bits` bits (of 128).
struct Network {
  Address address{};
  int bits = 0;
};

/// Reads `10.0.0.0/8`, `2001:db8::/32`, or a single address.
[[nodiscard]] std::optional<Network> parse_network(std::string_view text) noexcept;

[[nodiscard]] bool contains(const Network& network, const Address& address) noexcept;

}  // namespace touchstone::assign
