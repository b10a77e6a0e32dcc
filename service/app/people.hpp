#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "storage/person.hpp"

/// People who sign in. What happens to one is in the history as a document of entity "person", which holds no secret:
/// of passwords only what Argon2id makes of them is kept, of links only a digest.
namespace touchstone::app {

enum class PersonState : std::uint8_t { invited, active, disabled };  ///< invited: has no password yet
[[nodiscard]] PersonState state_of(const storage::Person& person) noexcept;
[[nodiscard]] std::string_view name_of(PersonState state) noexcept;

/// As the history names somebody: "Ada Lovelace <ada@example.com>".
[[nodiscard]] std::string signature_of(const storage::Person& person);

struct NewPerson {
  std::string email;
  std::string name;  ///< empty: the person says it
  storage::Role role = storage::Role::viewer;
};

struct PersonChange {
  std::optional<std::string> name{};
  std::optional<storage::Role> role{};
  std::optional<bool> disabled{};
};

/// By which somebody chooses a password, once, within three days.
struct PersonLink {
  storage::Person person;
  std::string token;
  Time expires{};
};
inline constexpr std::chrono::hours kPersonLinkLife{72};

[[nodiscard]] Result<std::vector<storage::Person>> people(const Service& service, std::uint32_t environment);
/// True where somebody with a password can administer the environment.
[[nodiscard]] Result<bool> has_admin(const Service& service, std::uint32_t environment);

/// Errors: invalid at /email or /name; conflict where the address is taken.
[[nodiscard]] Result<PersonLink> invite(Service& service, std::uint32_t environment, const NewPerson& person,
                                        const storage::Actor& by);
/// A new link in the place of the last. The password and the sessions of now stay until it is used. Errors: not_found;
/// conflict for somebody who is disabled.
[[nodiscard]] Result<PersonLink> new_link(Service& service, std::uint32_t environment, std::string_view email,
                                          const storage::Actor& by);
/// A role counts from the next request on; whoever is disabled is signed out everywhere. Errors: not_found; invalid at
/// /name; conflict where nobody would be left to administer.
[[nodiscard]] Result<storage::Person> change_person(Service& service, std::uint32_t environment, std::string_view email,
                                                    const PersonChange& change, const storage::Actor& by);

// -- what people do themselves; `hash` is that of their password, which was checked before

/// Exchanges a setup link for an administrator. Errors: unauthorized (used, expired, unknown); conflict where the
/// address is taken; invalid at /email or /name.
[[nodiscard]] Result<storage::Person> join_first(Service& service, std::string_view token, const NewPerson& person,
                                                 std::string hash);
/// Whom a link is for. Error unauthorized.
[[nodiscard]] Result<storage::Person> person_of_link(const Service& service, std::string_view token);
/// Uses it up: the person has that password, and that name unless it is empty; every session ends. Errors:
/// unauthorized; invalid at /name.
[[nodiscard]] Result<storage::Person> join(Service& service, std::string_view token, const std::string& name,
                                           std::string hash);
/// Every session but `staying` ends.
[[nodiscard]] Status change_password(Service& service, std::uint32_t person, std::string hash,
                                     const storage::Digest& staying);

/// Without a password: whoever has a link to the demo. Error unauthorized.
[[nodiscard]] Result<storage::Person> join_demo(Service& service, std::string_view token);

}  // namespace touchstone::app
