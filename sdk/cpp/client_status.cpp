#include "sdk/cpp/client_status.hpp"

#include <array>

namespace touchstone::sdk {

std::string_view name_of(Phase phase) noexcept {
  constexpr std::array<std::string_view, 4> names = {"starting", "ready", "stale", "closed"};
  return names[static_cast<std::size_t>(phase)];
}

std::string_view name_of(Origin origin) noexcept {
  constexpr std::array<std::string_view, 4> names = {"none", "bootstrap", "cache", "server"};
  return names[static_cast<std::size_t>(origin)];
}

}  // namespace touchstone::sdk
