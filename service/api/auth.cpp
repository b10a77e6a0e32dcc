#include "service/api/auth.hpp"

#include <array>
#include <string>

namespace touchstone::api {

namespace {

/// Where the numbers of people begin among those that rates are counted by.
constexpr std::uint64_t kPeople = std::uint64_t{1} << 32U;

void append(std::string& list, std::string_view word) {
  if (!list.empty()) list += ", ";
  list += word;
}

std::string people_words(storage::Role least) {
  std::string words;
  for (const auto role : storage::all_roles)
    if (role >= least) append(words, storage::name_of(role));
  return words;
}

Error needs_role(Roles roles, const storage::Person& person) {
  const auto least = roles.least();
  if (!least) return {ErrorCode::forbidden, "this takes an API key", "", "Ask an administrator for one."};
  std::string detail = "this needs the role ";
  detail.append(storage::name_of(*least)).append("; yours is ").append(storage::name_of(person.role));
  return {ErrorCode::forbidden, std::move(detail), "", "Ask an administrator for that role."};
}

Error needs_key(Roles roles, fast::KeyKind kind) {
  std::string detail = "a ";
  detail.append(fast::name_of(kind)).append(" key may not do this");
  if (!roles.takes_keys()) return {ErrorCode::forbidden, std::move(detail), "", "It is for people who sign in."};
  return {ErrorCode::forbidden, std::move(detail), "", "Use a key of another kind: " + roles.key_words() + "."};
}

}  // namespace

std::string Roles::key_words() const {
  std::string text;
  for (const auto kind : fast::all_key_kinds)
    if ((mask_ & bit(kind)) != 0) append(text, fast::name_of(kind));
  return text;
}

std::string Roles::words() const {
  std::string text;
  if (takes_keys()) text.append("Keys: ").append(key_words()).append(".");
  if (least_) text.append(text.empty() ? "" : " ").append("People: ").append(people_words(*least_)).append(".");
  return text;
}

Result<fast::Caller> authorize(Roles roles, const std::optional<fast::Caller>& caller) {
  if (roles.open()) return caller.value_or(fast::Caller{});
  if (!caller)
    return Error{ErrorCode::unauthorized, "no valid key", "",
                 "Send Authorization: Bearer ts_..., made by touchstone keys create or POST /v1/keys."};
  if (!roles.allow(caller->kind)) return needs_key(roles, caller->kind);
  return *caller;
}

Result<fast::Caller> authorize(Roles roles, const storage::Person& person) {
  if (!roles.allow(person.role)) return needs_role(roles, person);
  return fast::Caller{fast::KeyKind::client, person.environment, kPeople + person.id, person.id};
}

}  // namespace touchstone::api
