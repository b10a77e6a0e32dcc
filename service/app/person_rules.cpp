#include "service/app/person_rules.hpp"

#include <algorithm>

namespace touchstone::app {
namespace {

bool visible(char c) { return static_cast<unsigned char>(c) > ' ' && c != 0x7F; }

}  // namespace

Status check_email(std::string_view email) {
  constexpr std::size_t longest = 254;
  constexpr std::string_view never = "/:;,<>()[]\\\"?#%";
  const auto at = email.find('@');
  const bool shaped = at != email.npos && at > 0 && at + 1 < email.size() && email.find('@', at + 1) == email.npos;
  const bool plain = std::ranges::all_of(email, visible) && email.find_first_of(never) == email.npos;
  if (shaped && plain && email.size() <= longest) return ok();
  return Error{ErrorCode::invalid, "not an e-mail address", "/email", "Write it as ada@example.com."};
}

Status check_person_name(std::string_view name) {
  constexpr std::size_t longest = 100;
  const auto printed = [](char c) { return visible(c) || c == ' '; };
  const bool plain = std::ranges::all_of(name, printed) && name.find_first_of("<>@") == name.npos;
  const bool said = std::ranges::any_of(name, visible);
  if (said && plain && name.size() <= longest) return ok();
  return Error{ErrorCode::invalid, "not a name of 1 to 100 bytes without <, > and @", "/name",
               "Write it as Ada Lovelace."};
}

}  // namespace touchstone::app
