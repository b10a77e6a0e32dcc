#include "service/app/people.hpp"

#include <utility>

#include "service/api/handlers.hpp"
#include "service/codec/person_json.hpp"

namespace touchstone::api {

namespace {

std::string_view state_word(const storage::Person& person) { return app::name_of(app::state_of(person)); }

/// The only answer that ever holds such a link.
http::Response linked(const app::PersonLink& link, int status) {
  auto response =
      json(codec::write_person_link(link.person, state_word(link.person), "/join?token=" + link.token, link.expires),
           status);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace

Result<http::Response> list_people(Context& context, const http::Request&, const fast::Caller& caller) {
  const auto all = app::people(context.service, caller.environment);
  if (!all) return all.error();
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  for (const auto& person : *all) codec::write_person(out, person, state_word(person));
  out.end_array().end_object();
  return json(std::move(text));
}

Result<http::Response> invite_person(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto wanted = codec::read_person_request(request.body);
  if (!wanted) return wanted.error();
  const auto link = app::invite(context.service, caller.environment, {wanted->email, wanted->name, wanted->role},
                                actor_of(context, caller, "invited"));
  if (!link) return link.error();
  return linked(*link, 201);
}

Result<http::Response> change_person(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto wanted = codec::read_person_change(request.body);
  if (!wanted) return wanted.error();
  const auto person = app::change_person(context.service, caller.environment, request.path_params[0],
                                         {wanted->name, wanted->role, wanted->disabled}, actor_of(context, caller));
  if (!person) return person.error();
  std::string text;
  codec::JsonWriter out(text);
  codec::write_person(out, *person, state_word(*person));
  return json(std::move(text));
}

Result<http::Response> link_person(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto link = app::new_link(context.service, caller.environment, request.path_params[0],
                                  actor_of(context, caller, "made a link to choose a password"));
  if (!link) return link.error();
  return linked(*link, 201);
}

}  // namespace touchstone::api
