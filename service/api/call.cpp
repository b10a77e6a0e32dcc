#include "service/api/call.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "service/app/keys.hpp"

namespace touchstone::api {

namespace {

std::string name_of_key(const app::Service& service, const fast::Caller& caller) {
  if (caller.key == 0) return "operator";
  const auto keys = app::list_keys(service, caller.environment);
  if (!keys) return "key " + std::to_string(caller.key);
  const auto found = std::ranges::find(*keys, caller.key, &storage::ApiKey::id);
  return found == keys->end() ? "key " + std::to_string(caller.key) : found->prefix;
}

}  // namespace

storage::Actor actor_of(const Context& context, const fast::Caller& caller, std::string reason) {
  return {name_of_key(context.service, caller), std::move(reason), context.service.now()};
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

Result<std::optional<std::uint32_t>> seen_version(std::string_view if_match) {
  if (if_match.empty() || if_match == "*") return std::optional<std::uint32_t>{};
  std::uint32_t version = 0;
  const bool quoted = if_match.size() > 2 && if_match.front() == '"' && if_match.back() == '"';
  const auto digits = quoted ? if_match.substr(1, if_match.size() - 2) : std::string_view{};
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
  if (quoted && problem == std::errc{} && end == digits.data() + digits.size()) return std::optional(version);
  return Error{ErrorCode::precondition, "If-Match names no version", "",
               "Send the ETag of the document as it was read."};
}

}  // namespace touchstone::api
