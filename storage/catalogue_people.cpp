#include "storage/catalogue.hpp"
#include "storage/catalogue_impl.hpp"

namespace touchstone::storage {
namespace {

Person read_person(const sqlite::Rows& row) {
  Person person;
  person.id = row.number<std::uint32_t>(0);
  person.environment = row.number<std::uint32_t>(1);
  person.email = row.text(2);
  person.name = row.text(3);
  person.role = row.number<Role>(4);
  person.password = row.text(5);
  person.created = row.time(6);
  if (!row.null(7)) person.disabled = row.time(7);
  return person;
}

Session read_session(const sqlite::Rows& row) {
  return {fixed_bytes<Digest>(row.bytes(0)), row.number<std::uint32_t>(1), row.time(2), row.time(3)};
}

Error no_person() { return {ErrorCode::not_found, "no such person", {}, {}}; }

Result<Person> only(sqlite::Rows row) {
  if (!row.step()) return no_person();
  return read_person(row);
}

}  // namespace

Result<Person> Catalogue::add_person(const Person& person) {
  return sqlite::answering([&]() -> Result<Person> {
    if (const auto known = config_version(person.environment); !known) return known.error();
    auto row =
        impl_->person_add(person.environment, std::string_view(person.email), std::string_view(person.name),
                          static_cast<std::uint8_t>(person.role), std::string_view(person.password), person.created);
    if (!row.step())
      return Error{ErrorCode::conflict, "there is a person with this e-mail address", "/email",
                   "Change that one, or make a new link for it."};
    Person added = person;
    added.id = row.number<std::uint32_t>(0);
    return added;
  });
}

Result<Person> Catalogue::person(std::string_view email) const {
  return sqlite::answering([&] { return only(impl_->person_find(email)); });
}

Result<Person> Catalogue::person(std::uint32_t id) const {
  return sqlite::answering([&] { return only(impl_->person_of(id)); });
}

Result<std::vector<Person>> Catalogue::people(std::uint32_t environment) const {
  return sqlite::answering([&]() -> Result<std::vector<Person>> {
    std::vector<Person> all;
    for (auto row = impl_->people(environment); row.step();) all.push_back(read_person(row));
    return all;
  });
}

Status Catalogue::put_person(const Person& person) {
  return sqlite::answering([&]() -> Status {
    auto row = impl_->person_put(person.id, std::string_view(person.name), static_cast<std::uint8_t>(person.role),
                                 std::string_view(person.password), person.disabled);
    return row.step() ? ok() : no_person();
  });
}

Status Catalogue::put_person_link(std::uint32_t person, const Digest& sha256, Time expires) {
  return sqlite::answering([&]() -> Status {
    impl_->person_link_put.run(person, sqlite::blob(sha256), expires);
    return ok();
  });
}

Result<Person> Catalogue::linked_person(const Digest& sha256, Time now) const {
  return sqlite::answering([&]() -> Result<Person> {
    auto row = impl_->person_link_find(sqlite::blob(sha256), now);
    if (!row.step())
      return Error{ErrorCode::unauthorized, "this link is used, expired or unknown", {}, "Ask for a new one."};
    return person(row.number<std::uint32_t>(0));
  });
}

Status Catalogue::end_person_link(std::uint32_t person) {
  return sqlite::answering([&]() -> Status {
    impl_->person_link_end.run(person);
    return ok();
  });
}

Status Catalogue::open_session(const Session& session) {
  return sqlite::answering([&]() -> Status {
    impl_->session_open.run(sqlite::blob(session.sha256), session.person, session.opened);
    return ok();
  });
}

Result<Session> Catalogue::session(const Digest& sha256) const {
  return sqlite::answering([&]() -> Result<Session> {
    auto row = impl_->session_find(sqlite::blob(sha256));
    if (!row.step()) return Error{ErrorCode::not_found, "no such session", {}, {}};
    return read_session(row);
  });
}

Result<std::vector<Session>> Catalogue::sessions(std::uint32_t person) const {
  return sqlite::answering([&]() -> Result<std::vector<Session>> {
    std::vector<Session> all;
    for (auto row = impl_->sessions(person); row.step();) all.push_back(read_session(row));
    return all;
  });
}

Status Catalogue::see_session(const Digest& sha256, Time at) {
  return sqlite::answering([&]() -> Status {
    impl_->session_see.run(sqlite::blob(sha256), at);
    return ok();
  });
}

Status Catalogue::end_session(const Digest& sha256) {
  return sqlite::answering([&]() -> Status {
    impl_->session_end.run(sqlite::blob(sha256));
    return ok();
  });
}

Status Catalogue::end_sessions(std::uint32_t person, const Digest& but) {
  return sqlite::answering([&]() -> Status {
    impl_->sessions_end.run(person, sqlite::blob(but));
    return ok();
  });
}

Status Catalogue::forget_sessions(Time opened, Time seen) {
  return sqlite::answering([&]() -> Status {
    impl_->sessions_forget.run(opened, seen);
    return ok();
  });
}

std::string_view name_of(Role role) noexcept {
  switch (role) {
    case Role::viewer:
      return "viewer";
    case Role::analyst:
      return "analyst";
    case Role::editor:
      return "editor";
    case Role::admin:
      return "admin";
  }
  return "unknown";
}

}  // namespace touchstone::storage
