#include "service/codec/person_json.hpp"

#include "service/codec/field.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

using storage::Role;

constexpr Word<Role> kRoles[] = {
    {Role::viewer, "viewer"}, {Role::analyst, "analyst"}, {Role::editor, "editor"}, {Role::admin, "admin"}};
constexpr Text kName{200};
constexpr Text kPassword{4'000};

/// Within an object.
void write_members(JsonWriter& out, const storage::Person& person, std::string_view state) {
  out.key("email").text(person.email).key("name").text(person.name);
  out.key("role").text(storage::name_of(person.role)).key("state").text(state);
  out.key("created").text(time_text(person.created));
}

bool read_optional_bool(const Field& field, std::optional<bool>& into) { return read_bool(field, into.emplace()); }
bool read_optional_name(const Field& field, std::optional<std::string>& into) { return kName(field, into.emplace()); }
bool read_optional_role(const Field& field, std::optional<Role>& into) { return OneOf(kRoles)(field, into.emplace()); }

}  // namespace

Result<PersonRequest> read_person_request(std::string_view json) {
  return read_document(json, PersonRequest{}, [](const Field& field, PersonRequest& request) {
    ObjectReader in(field);
    in.required("email", request.email, kName);
    in.optional("name", request.name, kName);
    in.optional("role", request.role, OneOf(kRoles));
    in.finish();
  });
}

Result<PersonChangeRequest> read_person_change(std::string_view json) {
  return read_document(json, PersonChangeRequest{}, [](const Field& field, PersonChangeRequest& request) {
    ObjectReader in(field);
    const bool name = in.optional("name", request.name, read_optional_name);
    const bool role = in.optional("role", request.role, read_optional_role);
    const bool disabled = in.optional("disabled", request.disabled, read_optional_bool);
    if (in.finish() && !name && !role && !disabled) field.fail("says nothing", "send name, role or disabled");
  });
}

Result<PasswordRequest> read_password_request(std::string_view json) {
  return read_document(json, PasswordRequest{}, [](const Field& field, PasswordRequest& request) {
    ObjectReader in(field);
    in.required("old_password", request.old, kPassword);
    in.required("password", request.chosen, kPassword);
    in.finish();
  });
}

void write_person(JsonWriter& out, const storage::Person& person, std::string_view state) {
  out.begin_object();
  write_members(out, person, state);
  out.end_object();
}

std::string write_person_link(const storage::Person& person, std::string_view state, std::string_view path,
                              Time expires) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  write_members(out, person, state);
  out.key("path").text(path).key("expires_at").text(time_text(expires)).end_object();
  return text;
}

}  // namespace touchstone::codec
