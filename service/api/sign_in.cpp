#include "service/api/sign_in.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "service/api/errors.hpp"
#include "service/api/form.hpp"
#include "service/api/handlers.hpp"
#include "service/api/query.hpp"
#include "service/api/session_cookie.hpp"
#include "service/app/keys.hpp"
#include "service/app/people.hpp"
#include "service/app/sessions.hpp"
#include "service/app/token_digest.hpp"
#include "service/codec/json_writer.hpp"
#include "service/page/sign_in_pages.hpp"

namespace touchstone::api {

namespace {

constexpr std::array<std::string_view, 3> kFields{"email", "password", "next"};

/// A path of this service, or its first page: nobody is led elsewhere.
std::string place_of(std::string_view next) {
  const auto plain = [](char c) { return c > ' ' && c <= '~' && c != '\\' && c != '"'; };
  const bool ours = next.starts_with('/') && !next.starts_with("//") && std::ranges::all_of(next, plain);
  return std::string(ours ? next : "/");
}

Error too_often(std::chrono::seconds wait) {
  const auto seconds = std::to_string(wait.count());
  return {ErrorCode::unavailable, "this was tried too often; wait " + seconds + " s", "",
          "Wait " + seconds + " s and try again."};
}

Status check_said(const Form& form) {
  for (const std::string_view field : {"email", "password"})
    if (form.text(field).empty())
      return Error{ErrorCode::invalid, "not said", "/" + std::string(field), "Type e-mail address and password."};
  return ok();
}

bool nobody_yet(const Context& context) {
  const auto known = app::people(context.service, context.service.default_environment());
  return known && known->empty();
}

/// Its path was decoded: one that is more than keys is not led back to.
std::string address_of(const http::Request& request) {
  if (request.path.find_first_of(" %?#") != std::string_view::npos) return "/";
  std::string address(request.path);
  if (!request.query.empty()) address.append("?").append(request.query);
  return address;
}

}  // namespace

Status check_from_here(const http::Request& request) {
  if (is_from_here(request)) return ok();
  return Error{ErrorCode::forbidden, "a page of another origin sent this", "",
               "Send it from a page of this service; a proxy in front of it must pass on the Host header."};
}

http::Response form_page(std::string text, int status) {
  auto response = html(std::move(text), status);
  for (auto& [name, value] : response.headers)
    if (name == "Referrer-Policy") value = "same-origin";  // with none, forms are sent without their origin
  return response;
}

bool may(const Context& context, const fast::Caller& caller, storage::Role least) {
  if (caller.person == 0) return true;
  const auto person =
      context.service.ask([id = caller.person](const storage::Catalogue& catalogue) { return catalogue.person(id); });
  return person && person->role >= least;
}

std::string write_me(const storage::Person& person, std::string_view session) {
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("email").text(person.email).key("name").text(person.name);
  out.key("role").text(storage::name_of(person.role)).key("session").text(session).end_object();
  return text;
}

Result<http::Response> let_in(Context& context, const http::Request& request, const storage::Person& person,
                              std::string_view next) {
  const auto token = app::open_session(context.service, person.id);
  if (!token) return token.error();
  storage::Session session;
  session.sha256 = app::token_digest(*token);
  auto response = json(write_me(person, app::id_of(session)));
  if (wants_page(request)) {
    response = form_page("", 303);
    response.headers.emplace_back("Location", place_of(next));
  }
  response.headers.emplace_back("Set-Cookie", session_cookie(*token, request, context.tls));
  if (!wants_page(request)) response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Result<http::Response> ask_again(const http::Request& request, const Error& error, const Again& form) {
  if (!wants_page(request) || error.code == ErrorCode::internal) return error;
  return form_page(form(error), status_of(error.code));
}

http::Response ask_later(const http::Request& request, std::chrono::seconds wait, const Again& form) {
  const auto error = too_often(wait);
  auto response = problem(error, request.request_id);
  if (form && wants_page(request)) response = form_page(form(error));
  response.status = 429;
  std::erase_if(response.headers, [](const auto& header) { return header.first == "Retry-After"; });
  response.headers.emplace_back("Retry-After", std::to_string(wait.count()));
  return response;
}

http::Response closed_page(Context& context, const http::Request& request, const Error& error) {
  if (error.code == ErrorCode::forbidden) return html(page::forbidden_page(error), 403);
  if (nobody_yet(context)) return html(page::nobody_page(), 401);
  return form_page(page::sign_in_page({place_of(address_of(request)), "", nullptr}), 401);
}

Result<http::Response> show_sign_in(Context& context, const http::Request& request, const fast::Caller&) {
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  if (nobody_yet(context)) return html(page::nobody_page());
  return form_page(page::sign_in_page({place_of(query->text("next")), "", nullptr}));
}

Result<http::Response> sign_in(Context& context, const http::Request& request, const fast::Caller&) {
  if (auto ours = check_from_here(request); !ours) return ours.error();
  const auto form = Form::read(request, kFields);
  if (!form) return form.error();
  const auto next = place_of(form->text("next"));
  const auto email = form->text("email");
  const Again again = [&](const Error& error) { return page::sign_in_page({next, std::string(email), &error}); };
  if (auto said = check_said(*form); !said) return ask_again(request, said.error(), again);
  const auto now = context.service.now();
  if (const auto wait = context.attempts.wait(email, request.peer, now)) return ask_later(request, *wait, again);
  const auto person = app::sign_in(context.service, email, form->text("password"));
  if (!person) {
    if (person.error().code == ErrorCode::unauthorized) context.attempts.failed(email, request.peer, now);
    return ask_again(request, person.error(), again);
  }
  context.attempts.succeeded(email);
  return let_in(context, request, *person, next);
}

}  // namespace touchstone::api
