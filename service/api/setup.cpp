#include <array>
#include <utility>

#include "service/api/errors.hpp"
#include "service/api/form.hpp"
#include "service/api/handlers.hpp"
#include "service/api/query.hpp"
#include "service/api/sign_in.hpp"
#include "service/app/keys.hpp"
#include "service/app/passwords.hpp"
#include "service/app/people.hpp"
#include "service/app/person_rules.hpp"
#include "service/codec/json_writer.hpp"
#include "service/page/sign_in_pages.hpp"

namespace touchstone::api {

namespace {

constexpr std::array<std::string_view, 3> kFields{"name", "email", "password"};

/// Before anything is hashed, which anybody could ask for.
Status check_nobody_yet(const Context& context) {
  const auto known = app::has_admin(context.service, context.service.default_environment());
  if (!known) return known.error();
  if (!*known) return ok();
  return Error{ErrorCode::conflict, "this service is set up already", "", "Ask its administrator to invite you."};
}

Result<storage::Person> join_first(Context& context, std::string_view token, const Form& form) {
  const app::NewPerson wanted{std::string(form.text("email")), std::string(form.text("name")), storage::Role::admin};
  if (auto nobody = check_nobody_yet(context); !nobody) return nobody.error();
  if (auto fine = app::check_email(wanted.email); !fine) return fine.error();
  if (auto fine = app::check_person_name(wanted.name); !fine) return fine.error();
  if (auto fine = app::check_password(form.text("password"), wanted.email, wanted.name); !fine) return fine.error();
  auto hash = app::hash_password(form.text("password"));
  if (!hash) return hash.error();
  return app::join_first(context.service, token, wanted, *std::move(hash));
}

}  // namespace

/// Only offers: whatever fetches a link to look at it must not use it up.
Result<http::Response> offer_setup(Context& context, const http::Request& request, const fast::Caller&) {
  if (auto query = Query::read(request.query); !query) return query.error();
  return form_page(context.demo ? page::demo_page() : page::setup_page({}));
}

Result<http::Response> redeem_setup(Context& context, const http::Request& request, const fast::Caller&) {
  if (auto ours = check_from_here(request); !ours) return ours.error();
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  const auto form = Form::read(request, kFields);
  if (!form) return form.error();
  const auto person = context.demo ? app::join_demo(context.service, query->text("token"))
                                   : join_first(context, query->text("token"), *form);
  if (person) return let_in(context, request, *person);
  return ask_again(request, person.error(), [&](const Error& error) {
    return page::setup_page({std::string(form->text("name")), std::string(form->text("email")), &error});
  });
}

Result<http::Response> create_setup_link(Context& context, const http::Request&, const fast::Caller&,
                                         const Once& once) {
  if (auto nobody = check_nobody_yet(context); !nobody && !context.demo) {
    auto error = nobody.error();
    if (error.code == ErrorCode::conflict)
      error.hint = "Invite people: touchstone people add EMAIL --role admin, or touchstone people reset EMAIL.";
    return error;
  }
  http::Response answer;
  const auto made = app::create_setup_token(context.service, [&](const std::string& token) {
    std::string text;
    codec::JsonWriter(text).begin_object().key("path").text("/setup?token=" + token).end_object();
    answer = json(std::move(text), 201);
    return once ? once.keep(answer, context.service.now()) : storage::CatalogueCommand();
  });
  if (!made) return made.error();
  return answer;
}

}  // namespace touchstone::api
