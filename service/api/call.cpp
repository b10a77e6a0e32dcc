#include "service/api/call.hpp"

#include <algorithm>
#include <utility>

#include "service/api/etag.hpp"
#include "service/app/keys.hpp"
#include "service/app/people.hpp"

namespace touchstone::api {

namespace {

std::string name_of_person(const app::Service& service, std::uint32_t id) {
  const auto person = service.ask([id](const storage::Catalogue& catalogue) { return catalogue.person(id); });
  return person ? app::signature_of(*person) : "person " + std::to_string(id);
}

std::string name_of(const app::Service& service, const fast::Caller& caller) {
  if (caller.person != 0) return name_of_person(service, caller.person);
  if (caller.key == 0) return "operator";
  const auto keys = app::list_keys(service, caller.environment);
  if (!keys) return "key " + std::to_string(caller.key);
  const auto found = std::ranges::find(*keys, caller.key, &storage::ApiKey::id);
  return found == keys->end() ? "key " + std::to_string(caller.key) : found->prefix;
}

}  // namespace

storage::Actor actor_of(const Context& context, const fast::Caller& caller, std::string reason) {
  return {name_of(context.service, caller), std::move(reason), context.service.now()};
}

http::Response json(std::string text, int status) {
  http::Response response;
  response.status = status;
  response.body = std::move(text);
  return response;
}

http::Response document(std::string text, std::uint64_t version, int status) {
  auto response = json(std::move(text), status);
  response.headers.emplace_back("ETag", etag_of(version));
  return response;
}

std::string etag_of(std::uint64_t version) { return '"' + std::to_string(version) + '"'; }

http::Response tagged(std::string text, std::string etag, const http::Request& request) {
  const bool known = names_etag(request.if_none_match, etag, Compared::weakly);
  auto response = known ? json("", 304) : json(std::move(text));
  response.headers.emplace_back("ETag", std::move(etag));
  return response;
}

Status check_seen(const http::Request& request, std::uint64_t version) {
  if (request.if_match.empty() || names_etag(request.if_match, etag_of(version), Compared::strongly)) return ok();
  return Error{ErrorCode::precondition, "the current version is " + std::to_string(version), "",
               "Fetch it again and repeat the change on what it says now."};
}

}  // namespace touchstone::api
