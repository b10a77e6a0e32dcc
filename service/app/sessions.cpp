#include "service/app/sessions.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "service/app/passwords.hpp"
#include "service/app/salt.hpp"
#include "service/app/token_digest.hpp"

namespace touchstone::app {
namespace {

using storage::Person;
using storage::Session;

constexpr std::chrono::minutes kNoted{5};

bool ended(const Session& session, Time now) {
  return session.opened + kSessionLife <= now || session.seen + kSessionIdle <= now;
}

/// Without waiting: nobody asks for it before it is due again.
void note_seen(Service& service, const Session& session, Time now) {
  if (now - session.seen < kNoted) return;
  (void)service.writer().change(
      [digest = session.sha256, now](storage::Catalogue& catalogue) { return catalogue.see_session(digest, now); },
      [](const Status&) {});
}

Result<SignedIn> read(const storage::Catalogue& catalogue, std::string_view token) {
  const auto session = catalogue.session(token_digest(token));
  if (!session) return session.error();
  auto person = catalogue.person(session->person);
  if (!person) return person.error();
  return SignedIn{*std::move(person), *session};
}

}  // namespace

Result<Person> sign_in(const Service& service, std::string_view email, std::string_view password) {
  auto person = service.ask([&](const storage::Catalogue& catalogue) { return catalogue.person(email); });
  if (!person && person.error().code != ErrorCode::not_found) return person;
  const bool fits = verify_password(person ? person->password : std::string(), password);
  if (fits && !person->disabled) return person;
  return Error{ErrorCode::unauthorized, "this e-mail address and password do not belong together", "/password",
               "Try again, or ask an administrator for a link to choose a new password."};
}

Result<std::string> open_session(Service& service, std::uint32_t person) {
  auto token = new_secret();
  const auto now = service.now();
  auto opened =
      service.writer().change_and_wait([&, digest = token_digest(token)](storage::Catalogue& catalogue) -> Status {
        if (auto forgot = catalogue.forget_sessions(now - kSessionLife, now - kSessionIdle); !forgot) return forgot;
        return catalogue.open_session({digest, person, now, now});
      });
  if (!opened) return opened.error();
  return token;
}

std::optional<SignedIn> find_session(Service& service, std::string_view token) {
  if (token.empty()) return std::nullopt;
  auto found = service.ask([token](const storage::Catalogue& catalogue) { return read(catalogue, token); });
  const auto now = service.now();
  if (!found || found->person.disabled || ended(found->session, now)) return std::nullopt;
  note_seen(service, found->session, now);
  return *std::move(found);
}

Result<std::vector<Session>> sessions(const Service& service, std::uint32_t person) {
  auto all = service.ask([person](const storage::Catalogue& catalogue) { return catalogue.sessions(person); });
  if (all) std::erase_if(*all, [now = service.now()](const Session& one) { return ended(one, now); });
  return all;
}

std::string id_of(const Session& session) {
  std::string id;
  for (std::size_t i = 0; i < 8; ++i) id += fmt::format("{:02x}", session.sha256[i]);
  return id;
}

Status end_session(Service& service, std::uint32_t person, std::string_view id) {
  const auto all = sessions(service, person);
  if (!all) return all.error();
  const auto found = std::ranges::find(*all, id, id_of);
  if (found == all->end()) return no_such("session", id);
  return service.writer().change_and_wait(
      [digest = found->sha256](storage::Catalogue& catalogue) { return catalogue.end_session(digest); });
}

Status end_sessions(Service& service, std::uint32_t person) {
  return service.writer().change_and_wait(
      [person](storage::Catalogue& catalogue) { return catalogue.end_sessions(person); });
}

}  // namespace touchstone::app
