#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "storage/person.hpp"

/// Browsers that people signed in. They are in the catalogue as SHA-256 of their tokens, so that they outlive a restart
/// of the service.
namespace touchstone::app {

inline constexpr std::chrono::hours kSessionLife{24 * 14};  ///< from signing in
inline constexpr std::chrono::hours kSessionIdle{12};       ///< without a request; noted every five minutes

struct SignedIn {
  storage::Person person;
  storage::Session session;
};

/// Whose address and password these are. Error unauthorized, the same and after the same time whether nobody has the
/// address, the password is another or the person is disabled.
[[nodiscard]] Result<storage::Person> sign_in(const Service& service, std::string_view email,
                                              std::string_view password);

/// Returns its token. Forgets those that have ended.
[[nodiscard]] Result<std::string> open_session(Service& service, std::uint32_t person);

/// Nothing for a token that is unknown or whose session has ended. Notes that it was seen.
[[nodiscard]] std::optional<SignedIn> find_session(Service& service, std::string_view token);

/// Those that have not ended, by age.
[[nodiscard]] Result<std::vector<storage::Session>> sessions(const Service& service, std::uint32_t person);
/// What lists name it by; the token cannot be told from it.
[[nodiscard]] std::string id_of(const storage::Session& session);

/// Error not_found where the person has none of this id.
[[nodiscard]] Status end_session(Service& service, std::uint32_t person, std::string_view id);
/// All of them.
[[nodiscard]] Status end_sessions(Service& service, std::uint32_t person);

}  // namespace touchstone::app
