#include "service/app/people.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "service/app/person_rules.hpp"
#include "service/app/salt.hpp"
#include "service/app/token_digest.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::app {
namespace {

using storage::Person;
using storage::Role;

constexpr std::string_view kWord = "person";
constexpr std::string_view kNone = "!";  ///< a hash that no password fits
constexpr std::array<std::string_view, 3> kStates{"invited", "active", "disabled"};

std::string small(std::string_view text) {
  std::string all(text);
  for (char& c : all)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return all;
}

std::string document_of(const Person& person) {
  std::string text;
  codec::JsonWriter(text)
      .begin_object()
      .key("email")
      .text(person.email)
      .key("name")
      .text(person.name)
      .key("role")
      .text(storage::name_of(person.role))
      .key("state")
      .text(name_of(state_of(person)))
      .end_object();
  return text;
}

/// Its number is the version of the person's document.
Result<std::uint32_t> version_of(const Service& service, const Person& person) {
  const auto document = service.ask(
      [&](const storage::Catalogue& catalogue) { return catalogue.document(person.environment, kWord, person.email); });
  if (document) return document->version;
  if (document.error().code == ErrorCode::not_found) return std::uint32_t{0};
  return document.error();
}

/// Puts the person's document and what else happens, as one change.
Status record(const Service& service, Revision& revision, const Person& person, storage::CatalogueCommand command) {
  const auto version = version_of(service, person);
  if (!version) return version.error();
  revision.record({kWord, person.email, document_of(person), false, *version}, std::move(command));
  return ok();
}

Result<Person> find(const Service& service, std::uint32_t environment, std::string_view email) {
  auto person = service.ask([&](const storage::Catalogue& catalogue) { return catalogue.person(email); });
  if (person && person->environment == environment) return person;
  if (!person && person.error().code != ErrorCode::not_found) return person;
  return no_such(kWord, email);
}

bool administers(const Person& person) { return person.role == Role::admin && state_of(person) == PersonState::active; }

Status check_somebody_left(const Service& service, const Person& before, const Person& after) {
  if (!administers(before) || administers(after)) return ok();
  const auto all = people(service, before.environment);
  if (!all) return all.error();
  const auto other = [&](const Person& one) { return one.id != before.id && administers(one); };
  if (std::ranges::any_of(*all, other)) return ok();
  return Error{ErrorCode::conflict, "nobody would be left to administer", "", "Make somebody else an admin before."};
}

Result<Person> checked(const NewPerson& wanted, std::uint32_t environment, Time now) {
  if (auto email = check_email(wanted.email); !email) return email.error();
  if (!wanted.name.empty())
    if (auto name = check_person_name(wanted.name); !name) return name.error();
  Person person;
  person.environment = environment;
  person.email = small(wanted.email);
  person.name = wanted.name;
  person.role = wanted.role;
  person.created = now;
  return person;
}

Person changed(Person person, const PersonChange& change, Time now) {
  if (change.name) person.name = *change.name;
  if (change.role) person.role = *change.role;
  if (change.disabled) person.disabled = *change.disabled ? std::optional(person.disabled.value_or(now)) : std::nullopt;
  return person;
}

/// The password that a person chose; every session but one ends.
storage::CatalogueCommand takes(const Person& person, const storage::Digest& staying = {}) {
  return [person, staying](storage::Catalogue& catalogue) -> Status {
    if (auto put = catalogue.put_person(person); !put) return put;
    if (auto ended = catalogue.end_person_link(person.id); !ended) return ended;
    return catalogue.end_sessions(person.id, staying);
  };
}

Status keep(Service& service, const Person& person, const storage::Actor& by,
            const storage::CatalogueCommand& command) {
  return service.change(person.environment, by,
                        [&](Revision& revision) { return record(service, revision, person, command); });
}

/// Adds somebody by a setup link, which is used up.
Result<Person> join_by_setup(Service& service, std::string_view token, const Person& person, const storage::Actor& by) {
  const auto add = [&, digest = token_digest(token)](storage::Catalogue& catalogue) -> Status {
    if (auto used = catalogue.use_setup_token(digest, by.at); !used) return used;
    const auto added = catalogue.add_person(person);
    return added ? ok() : Status(added.error());
  };
  if (auto kept = keep(service, person, by, add); !kept) return kept.error();
  return find(service, person.environment, person.email);
}

}  // namespace

PersonState state_of(const Person& person) noexcept {
  if (person.disabled) return PersonState::disabled;
  return person.password.empty() ? PersonState::invited : PersonState::active;
}

std::string_view name_of(PersonState state) noexcept { return kStates[static_cast<std::size_t>(state)]; }

std::string signature_of(const Person& person) {
  if (person.name.empty()) return person.email;
  std::string text = person.name;
  return text.append(" <").append(person.email).append(">");
}

Result<std::vector<Person>> people(const Service& service, std::uint32_t environment) {
  return service.ask([environment](const storage::Catalogue& catalogue) { return catalogue.people(environment); });
}

Result<bool> has_admin(const Service& service, std::uint32_t environment) {
  const auto all = people(service, environment);
  if (!all) return all.error();
  return std::ranges::any_of(*all, administers);
}

Result<PersonLink> invite(Service& service, std::uint32_t environment, const NewPerson& wanted,
                          const storage::Actor& by) {
  const auto person = checked(wanted, environment, by.at);
  if (!person) return person.error();
  PersonLink link{*person, new_secret(), by.at + kPersonLinkLife};
  const auto add = [&, digest = token_digest(link.token)](storage::Catalogue& catalogue) -> Status {
    const auto added = catalogue.add_person(*person);
    return added ? catalogue.put_person_link(added->id, digest, link.expires) : Status(added.error());
  };
  if (auto kept = keep(service, *person, by, add); !kept) return kept.error();
  return link;
}

Result<PersonLink> new_link(Service& service, std::uint32_t environment, std::string_view email,
                            const storage::Actor& by) {
  const auto person = find(service, environment, email);
  if (!person) return person.error();
  if (person->disabled) return Error{ErrorCode::conflict, "this person is disabled", "", "Enable them before."};
  PersonLink link{*person, new_secret(), by.at + kPersonLinkLife};
  const auto put = [&, digest = token_digest(link.token)](storage::Catalogue& catalogue) {
    return catalogue.put_person_link(person->id, digest, link.expires);
  };
  if (auto kept = keep(service, *person, by, put); !kept) return kept.error();
  return link;
}

Result<Person> change_person(Service& service, std::uint32_t environment, std::string_view email,
                             const PersonChange& change, const storage::Actor& by) {
  if (change.name)
    if (auto name = check_person_name(*change.name); !name) return name.error();
  Person after;
  auto done = service.change(environment, by, [&](Revision& revision) -> Status {
    const auto before = find(service, environment, email);
    if (!before) return before.error();
    after = changed(*before, change, by.at);
    if (auto left = check_somebody_left(service, *before, after); !left) return left;
    return record(service, revision, after, [after](storage::Catalogue& catalogue) -> Status {
      if (auto put = catalogue.put_person(after); !put || !after.disabled) return put;
      if (auto ended = catalogue.end_person_link(after.id); !ended) return ended;
      return catalogue.end_sessions(after.id);
    });
  });
  if (!done) return done.error();
  return after;
}

Result<Person> join_first(Service& service, std::string_view token, const NewPerson& wanted, std::string hash) {
  auto person = checked({wanted.email, wanted.name, Role::admin}, service.default_environment(), service.now());
  if (!person) return person.error();
  if (auto named = check_person_name(person->name); !named) return named.error();
  person->password = std::move(hash);
  return join_by_setup(service, token, *person, {signature_of(*person), "the first administrator", person->created});
}

Result<Person> person_of_link(const Service& service, std::string_view token) {
  return service.ask(
      [&](const storage::Catalogue& catalogue) { return catalogue.linked_person(token_digest(token), service.now()); });
}

Result<Person> join(Service& service, std::string_view token, const std::string& name, std::string hash) {
  auto person = person_of_link(service, token);
  if (!person) return person;
  if (!name.empty()) person->name = name;
  if (auto named = check_person_name(person->name); !named) return named.error();
  person->password = std::move(hash);
  const storage::Actor by{signature_of(*person), "chose a password", service.now()};
  const auto take = [person = *person, digest = token_digest(token), at = by.at](storage::Catalogue& catalogue) {
    const auto linked = catalogue.linked_person(digest, at);  // nobody used it meanwhile
    return linked ? takes(person)(catalogue) : Status(linked.error());
  };
  if (auto kept = keep(service, *person, by, take); !kept) return kept.error();
  return person;
}

Status change_password(Service& service, std::uint32_t id, std::string hash, const storage::Digest& staying) {
  auto person = service.ask([id](const storage::Catalogue& catalogue) { return catalogue.person(id); });
  if (!person) return person.error();
  person->password = std::move(hash);
  return keep(service, *person, {signature_of(*person), "changed the password", service.now()},
              takes(*person, staying));
}

Result<Person> join_demo(Service& service, std::string_view token) {
  const NewPerson reader{"reader@demo", "Demo reader", Role::admin};
  auto person = checked(reader, service.default_environment(), service.now());
  if (!person) return person;
  person->password = std::string(kNone);
  const storage::Actor by{signature_of(*person), "the link of the demo", service.now()};
  auto known = find(service, person->environment, person->email);
  if (!known) return join_by_setup(service, token, *person, by);
  const auto used =
      service.writer().change_and_wait([digest = token_digest(token), at = by.at](storage::Catalogue& catalogue) {
        return catalogue.use_setup_token(digest, at);
      });
  if (!used) return used.error();
  return known;
}

}  // namespace touchstone::app
