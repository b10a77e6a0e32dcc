#include "sdk/cpp/answer.hpp"

#include <array>

namespace touchstone::sdk {

std::string_view name_of(Problem problem) noexcept {
  constexpr std::array<std::string_view, 6> names = {
      "", "PROVIDER_NOT_READY", "FLAG_NOT_FOUND", "TARGETING_KEY_MISSING", "TYPE_MISMATCH", "GENERAL"};
  return names[static_cast<std::size_t>(problem)];
}

}  // namespace touchstone::sdk
