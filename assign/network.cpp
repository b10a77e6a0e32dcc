#include "assign/network.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include <arpa/inet.h>

namespace touchstone::assign {
namespace {

constexpr int mapped_prefix = 96;
constexpr int address_bits = 128;

bool is_v4(std::string_view text) { return text.find(':') == std::string_view::npos; }

bool read_v4(const char* text, Address& address) {
  address[10] = address[11] = 0xFF;
  return inet_pton(AF_INET, text, &address[12]) == 1;
}

std::optional<int> parse_bits(std::string_view text, int most) {
  int bits = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
  if (error != std::errc{} || end != text.data() + text.size() || bits < 0 || bits > most) return std::nullopt;
  return bits;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) noexcept {
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) return std::nullopt;
  std::copy(text.begin(), text.end(), terminated.begin());
  Address address{};
  const bool read =
      is_v4(text) ? read_v4(terminated.data(), address) : inet_pton(AF_INET6, terminated.data(), address.data()) == 1;
  return read ? std::optional(address) : std::nullopt;
}

std::optional<Network> parse_network(std::string_view text) noexcept {
  const auto slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return std::nullopt;
  if (slash == std::string_view::npos) return Network{*address, address_bits};
  const int outside = is_v4(text) ? mapped_prefix : 0;
  const auto bits = parse_bits(text.substr(slash + 1), address_bits - outside);
  if (!bits) return std::nullopt;
  return Network{*address, *bits + outside};
}

bool contains(const Network& network, const Address& address) noexcept {
  const auto whole = static_cast<std::size_t>(network.bits / 8);
  if (!std::equal(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(whole), network.address.begin()))
    return false;
  const int rest = network.bits % 8;
  if (rest == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xFF << (8 - rest));
  return ((address[whole] ^ network.address[whole]) & mask) == 0;
}

}  // namespace touchstone::assign
