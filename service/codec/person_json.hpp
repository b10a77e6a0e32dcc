#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/codec/json_writer.hpp"
#include "storage/person.hpp"

/// People as the API shows them: never with a password or a link that was made before.
namespace touchstone::codec {

struct PersonRequest {
  std::string email;
  std::string name;
  storage::Role role = storage::Role::viewer;
};
/// Reads `{"email": text, "name"?: text, "role"?: role}`.
[[nodiscard]] Result<PersonRequest> read_person_request(std::string_view json);

struct PersonChangeRequest {
  std::optional<std::string> name{};
  std::optional<storage::Role> role{};
  std::optional<bool> disabled{};
};
/// Reads `{"name"?: text, "role"?: role, "disabled"?: true|false}`, of which one is there.
[[nodiscard]] Result<PersonChangeRequest> read_person_change(std::string_view json);

struct PasswordRequest {
  std::string old;
  std::string chosen;
};
/// Reads `{"old_password": text, "password": text}`.
[[nodiscard]] Result<PasswordRequest> read_password_request(std::string_view json);

/// `{"email", "name", "role", "state", "created"}`
void write_person(JsonWriter& out, const storage::Person& person, std::string_view state);
/// The same with the link, which is shown once.
[[nodiscard]] std::string write_person_link(const storage::Person& person, std::string_view state,
                                            std::string_view path, Time expires);

}  // namespace touchstone::codec
