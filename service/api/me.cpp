#include <utility>

#include "service/api/errors.hpp"
#include "service/api/handlers.hpp"
#include "service/api/session_cookie.hpp"
#include "service/api/sign_in.hpp"
#include "service/app/passwords.hpp"
#include "service/app/people.hpp"
#include "service/app/sessions.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/person_json.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::api {

namespace {

Error gone() { return {ErrorCode::unauthorized, "nobody is signed in", "", "Sign in at /sign-in."}; }

/// Let in by the guard, and signed out since perhaps.
Result<app::SignedIn> whoever_asks(Context& context, const http::Request& request) {
  auto found = app::find_session(context.service, session_token(request.cookie));
  if (!found) return gone();
  return *std::move(found);
}

void write_session(codec::JsonWriter& out, const storage::Session& session, bool current) {
  out.begin_object().key("id").text(app::id_of(session)).key("opened").text(codec::time_text(session.opened));
  out.key("seen").text(codec::time_text(session.seen));
  out.key("ends").text(codec::time_text(session.opened + app::kSessionLife));
  out.key("current").boolean(current).end_object();
}

http::Response signed_out() {
  auto response = json("", 204);
  response.headers.emplace_back("Set-Cookie", no_session_cookie());
  return response;
}

/// By the old password, which is guessed as slowly as when signing in.
Result<storage::Person> check_old(Context& context, const http::Request& request, const storage::Person& person,
                                  std::string_view old) {
  auto known = app::sign_in(context.service, person.email, old);
  if (known) return known;
  if (known.error().code != ErrorCode::unauthorized) return known;
  context.attempts.failed(person.email, request.peer, context.service.now());
  return Error{ErrorCode::invalid, "this is not your password", "/old_password", "Type the one you sign in with."};
}

}  // namespace

Result<http::Response> show_me(Context& context, const http::Request& request, const fast::Caller&) {
  const auto me = whoever_asks(context, request);
  if (!me) return me.error();
  return json(write_me(me->person, app::id_of(me->session)));
}

Result<http::Response> list_sessions(Context& context, const http::Request& request, const fast::Caller&) {
  const auto me = whoever_asks(context, request);
  if (!me) return me.error();
  const auto all = app::sessions(context.service, me->person.id);
  if (!all) return all.error();
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  for (const auto& session : *all) write_session(out, session, session.sha256 == me->session.sha256);
  out.end_array().end_object();
  return json(std::move(text));
}

Result<http::Response> end_session(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto me = whoever_asks(context, request);
  if (!me) return me.error();
  const auto id = request.path_params[0];
  if (auto ended = app::end_session(context.service, caller.person, id); !ended) return ended.error();
  return id == app::id_of(me->session) ? signed_out() : json("", 204);
}

Result<http::Response> end_sessions(Context& context, const http::Request&, const fast::Caller& caller) {
  if (auto ended = app::end_sessions(context.service, caller.person); !ended) return ended.error();
  return signed_out();
}

Result<http::Response> change_password(Context& context, const http::Request& request, const fast::Caller&) {
  const auto wanted = codec::read_password_request(request.body);
  if (!wanted) return wanted.error();
  const auto me = whoever_asks(context, request);
  if (!me) return me.error();
  if (const auto wait = context.attempts.wait(me->person.email, request.peer, context.service.now()))
    return ask_later(request, *wait, {});
  if (const auto known = check_old(context, request, me->person, wanted->old); !known) return known.error();
  if (auto fine = app::check_password(wanted->chosen, me->person.email, me->person.name); !fine) return fine.error();
  auto hash = app::hash_password(wanted->chosen);
  if (!hash) return hash.error();
  auto changed = app::change_password(context.service, me->person.id, *std::move(hash), me->session.sha256);
  if (!changed) return changed.error();
  return json("", 204);
}

}  // namespace touchstone::api
