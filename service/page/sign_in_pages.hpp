#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"

/// What a browser sees on its way in. The forms need no script; browsers may keep and fill in what is typed.
namespace touchstone::page {

struct SignInForm {
  std::string next;              ///< path that it leads to
  std::string email;             ///< as it was typed before
  const Error* error = nullptr;  ///< what was wrong with that
};
[[nodiscard]] std::string sign_in_page(const SignInForm& form);

struct PersonForm {
  std::string name;
  std::string email;
  const Error* error = nullptr;
};
/// Behind a setup link: who the first administrator is. Posts to its own address.
[[nodiscard]] std::string setup_page(const PersonForm& form);
/// Behind an invitation, or a link to choose another password (`again`).
[[nodiscard]] std::string join_page(const PersonForm& form, bool again);
/// Behind a link that was used or has expired.
[[nodiscard]] std::string used_link_page();

/// Behind the link of a demo: a button, because whatever fetches a link to look at it must not use it up.
[[nodiscard]] std::string demo_page();

/// Where nobody can sign in yet.
[[nodiscard]] std::string nobody_page();
/// To somebody whose role or key opens other pages.
[[nodiscard]] std::string forbidden_page(const Error& error);

}  // namespace touchstone::page
