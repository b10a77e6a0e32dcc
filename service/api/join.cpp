#include <array>
#include <utility>

#include "service/api/errors.hpp"
#include "service/api/form.hpp"
#include "service/api/handlers.hpp"
#include "service/api/query.hpp"
#include "service/api/sign_in.hpp"
#include "service/app/passwords.hpp"
#include "service/app/people.hpp"
#include "service/app/person_rules.hpp"
#include "service/page/sign_in_pages.hpp"

namespace touchstone::api {

namespace {

constexpr std::array<std::string_view, 2> kFields{"name", "password"};

Result<storage::Person> join(Context& context, std::string_view token, const Form& form,
                             const storage::Person& invited) {
  const std::string name(form.text("name").empty() ? std::string_view(invited.name) : form.text("name"));
  if (auto named = app::check_person_name(name); !named) return named.error();
  const auto password = form.text("password");
  if (auto fine = app::check_password(password, invited.email, name); !fine) return fine.error();
  auto hash = app::hash_password(password);
  if (!hash) return hash.error();
  return app::join(context.service, token, name, *std::move(hash));
}

std::string form_for(const storage::Person& person, const Error* error) {
  const bool again = app::state_of(person) == app::PersonState::active;
  return page::join_page({person.name, person.email, error}, again);
}

}  // namespace

/// Of an invitation, or to choose another password.
Result<http::Response> offer_join(Context& context, const http::Request& request, const fast::Caller&) {
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  const auto person = app::person_of_link(context.service, query->text("token"));
  if (person) return form_page(form_for(*person, nullptr));
  return ask_again(request, person.error(), [](const Error&) { return page::used_link_page(); });
}

Result<http::Response> redeem_join(Context& context, const http::Request& request, const fast::Caller&) {
  if (auto ours = check_from_here(request); !ours) return ours.error();
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  const auto form = Form::read(request, kFields);
  if (!form) return form.error();
  const auto invited = app::person_of_link(context.service, query->text("token"));
  if (!invited) return ask_again(request, invited.error(), [](const Error&) { return page::used_link_page(); });
  const auto person = join(context, query->text("token"), *form, *invited);
  if (!person)
    return ask_again(request, person.error(), [&](const Error& error) { return form_for(*invited, &error); });
  context.attempts.succeeded(person->email);
  return let_in(context, request, *person);
}

}  // namespace touchstone::api
