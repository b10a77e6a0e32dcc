#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/fast/key_table.hpp"
#include "storage/person.hpp"

namespace touchstone::api {

/// Who may call a route: keys of some kinds, and people from a role on.
class Roles {
 public:
  constexpr Roles(std::initializer_list<fast::KeyKind> kinds) {
    for (const auto kind : kinds) mask_ = static_cast<std::uint8_t>(mask_ | bit(kind));
  }
  /// And people who have that role or more.
  [[nodiscard]] constexpr Roles and_people(storage::Role least) const {
    auto both = *this;
    both.least_ = least;
    return both;
  }
  /// The route shows a page: a browser's cookie is enough, and whoever may not see it is told so by a page.
  [[nodiscard]] constexpr Roles as_page() const {
    auto page = *this;
    page.page_ = true;
    return page;
  }

  [[nodiscard]] constexpr bool open() const noexcept { return mask_ == 0 && !least_; }
  [[nodiscard]] constexpr bool is_page() const noexcept { return page_; }
  [[nodiscard]] constexpr bool all() const noexcept { return mask_ == (1U << fast::all_key_kinds.size()) - 1; }
  [[nodiscard]] constexpr bool takes_keys() const noexcept { return mask_ != 0; }
  [[nodiscard]] constexpr std::optional<storage::Role> least() const noexcept { return least_; }
  [[nodiscard]] std::string key_words() const;  ///< "server, admin"
  [[nodiscard]] std::string words() const;      ///< "Keys: server, admin. People: editor, admin."
  [[nodiscard]] constexpr bool allow(fast::KeyKind kind) const noexcept { return open() || (mask_ & bit(kind)) != 0; }
  [[nodiscard]] constexpr bool allow(storage::Role role) const noexcept {
    return open() || (least_ && role >= *least_);
  }

 private:
  static constexpr std::uint8_t bit(fast::KeyKind kind) noexcept {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
  }
  std::uint8_t mask_ = 0;
  std::optional<storage::Role> least_;
  bool page_ = false;
};

inline constexpr Roles anyone{};  ///< no key needed
inline constexpr Roles any_key{fast::KeyKind::client, fast::KeyKind::sdk, fast::KeyKind::server, fast::KeyKind::admin};
inline constexpr Roles rule_readers =
    Roles{fast::KeyKind::sdk, fast::KeyKind::server, fast::KeyKind::admin}.and_people(storage::Role::viewer);
inline constexpr Roles report_readers =
    Roles{fast::KeyKind::server, fast::KeyKind::admin}.and_people(storage::Role::viewer);
inline constexpr Roles planners = Roles{fast::KeyKind::server, fast::KeyKind::admin}.and_people(storage::Role::analyst);
inline constexpr Roles viewers = Roles{fast::KeyKind::admin}.and_people(storage::Role::viewer);
inline constexpr Roles analysts = Roles{fast::KeyKind::admin}.and_people(storage::Role::analyst);
inline constexpr Roles editors = Roles{fast::KeyKind::admin}.and_people(storage::Role::editor);
inline constexpr Roles admins = Roles{fast::KeyKind::admin}.and_people(storage::Role::admin);
inline constexpr Roles signed_in = Roles{}.and_people(storage::Role::viewer);  ///< about whoever asks
inline constexpr Roles report_pages = report_readers.as_page();
inline constexpr Roles report_files = planners.as_page();
inline constexpr Roles console_pages = viewers.as_page();

/// Whoever the key names, where the route lets them. Errors: unauthorized without a valid key, forbidden for a kind
/// that the route does not take.
[[nodiscard]] Result<fast::Caller> authorize(Roles roles, const std::optional<fast::Caller>& caller);

/// Likewise somebody who is signed in. Error forbidden names the role that is needed.
[[nodiscard]] Result<fast::Caller> authorize(Roles roles, const storage::Person& person);

}  // namespace touchstone::api
