#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/fast/key_table.hpp"

namespace touchstone::api {

/// Who may call a route.
class Roles {
 public:
  constexpr Roles(std::initializer_list<fast::KeyKind> kinds) {
    for (const auto kind : kinds) mask_ = static_cast<std::uint8_t>(mask_ | bit(kind));
  }
  [[nodiscard]] constexpr bool open() const noexcept { return mask_ == 0; }
  [[nodiscard]] constexpr bool all() const noexcept { return mask_ == (1U << fast::all_key_kinds.size()) - 1; }
  [[nodiscard]] std::string words() const;  ///< "server, admin"
  [[nodiscard]] constexpr bool allow(fast::KeyKind kind) const noexcept { return open() || (mask_ & bit(kind)) != 0; }

 private:
  static constexpr std::uint8_t bit(fast::KeyKind kind) noexcept {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
  }
  std::uint8_t mask_ = 0;
};

inline constexpr Roles anyone{};  ///< no key needed
inline constexpr Roles any_key{fast::KeyKind::client, fast::KeyKind::sdk, fast::KeyKind::server, fast::KeyKind::admin};
inline constexpr Roles rule_readers{fast::KeyKind::sdk, fast::KeyKind::server, fast::KeyKind::admin};
inline constexpr Roles report_readers{fast::KeyKind::server, fast::KeyKind::admin};
inline constexpr Roles admins{fast::KeyKind::admin};

/// Whoever the key names, where the route lets them. An open route takes anybody, named or not.
/// Errors: unauthorized without a valid key, forbidden for a kind that the route does not take.
[[nodiscard]] Result<fast::Caller> authorize(Roles roles, const std::optional<fast::Caller>& caller);

}  // namespace touchstone::api
