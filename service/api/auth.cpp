#include "service/api/auth.hpp"

#include <string>

namespace touchstone::api {

std::string Roles::words() const {
  std::string text;
  for (const auto kind : fast::all_key_kinds) {
    if ((mask_ & bit(kind)) == 0) continue;
    if (!text.empty()) text += ", ";
    text += fast::name_of(kind);
  }
  return text;
}

Result<fast::Caller> authorize(Roles roles, const std::optional<fast::Caller>& caller) {
  if (roles.open()) return caller.value_or(fast::Caller{});
  if (!caller)
    return Error{ErrorCode::unauthorized, "no valid key", "",
                 "Send Authorization: Bearer ts_..., made by touchstone keys create or POST /v1/keys."};
  if (!roles.allow(caller->kind))
    return Error{ErrorCode::forbidden, "a " + std::string(fast::name_of(caller->kind)) + " key may not do this", "",
                 "Use a key of another kind."};
  return *caller;
}

}  // namespace touchstone::api
