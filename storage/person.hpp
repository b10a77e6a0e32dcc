#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/time.hpp"

namespace touchstone::storage {

/// What somebody may do. Each may do what those before it may.
enum class Role : std::uint8_t {
  viewer,   ///< reads reports and settings
  analyst,  ///< takes reports away, logs decisions, shares, tries things out
  editor,   ///< changes experiments, flags, metrics, segments
  admin,    ///< also people, keys and erasure
};
inline constexpr std::array all_roles{Role::viewer, Role::analyst, Role::editor, Role::admin};
[[nodiscard]] std::string_view name_of(Role role) noexcept;  ///< "viewer", ...

/// Somebody who may sign in.
struct Person {
  std::uint32_t id = 0;
  std::uint32_t environment = 0;
  std::string email;  ///< unique in the directory, ignoring case
  std::string name;
  Role role = Role::viewer;
  std::string password;  ///< as libsodium writes a hash; empty where none was chosen yet; never shown
  Time created{};
  std::optional<Time> disabled;
};

/// A browser that somebody signed in.
struct Session {
  std::array<unsigned char, 32> sha256{};  ///< of the token in its cookie
  std::uint32_t person = 0;
  Time opened{};
  Time seen{};
};

}  // namespace touchstone::storage
