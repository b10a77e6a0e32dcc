#include "service/api/ofrep.hpp"

#include <string>
#include <utility>

#include "service/api/errors.hpp"
#include "service/api/handlers.hpp"
#include "service/codec/ofrep_json.hpp"
#include "service/fast/percent.hpp"

namespace touchstone::api {

namespace {

http::Response in_its_words(http::Response response, std::string_view key, std::string_view details) {
  const bool unreadable = response.status == 422;
  if (unreadable) response.status = 400;
  std::string text;
  codec::append_ofrep_failure(text, key, unreadable ? codec::OfrepCode::parse_error : codec::OfrepCode::general,
                              details);
  response.content_type = "application/json";
  response.body = std::move(text);
  return response;
}

/// What the path says the key is; nothing where it says no text.
std::string decoded(std::string_view key) {
  std::string text;
  if (!fast::append_decoded(text, key, '+')) text.clear();
  return text;
}

std::string details_of(const Error& error) {
  std::string text = error.message;
  if (!error.pointer.empty()) text.append(" (").append(error.pointer).append(")");
  if (!error.hint.empty()) text.append(": ").append(error.hint);
  return text;
}

}  // namespace

http::Response ofrep_failure(const Error& error, std::string_view key, std::string_view request_id) {
  const bool ours = error.code == ErrorCode::internal;
  return in_its_words(problem(error, request_id), key,
                      ours ? "something went wrong inside the service" : details_of(error));
}

http::Response ofrep_too_many_requests(std::chrono::seconds wait, std::string_view key, std::string_view request_id) {
  return in_its_words(too_many_requests(wait, request_id), key, "over the rate limit of this key");
}

std::optional<http::Response> ofrep_no_such_flag(std::string_view target) {
  constexpr std::string_view flags = "/ofrep/v1/evaluate/flags/";
  if (!target.starts_with(flags)) return std::nullopt;
  const auto key = target.substr(flags.size(), target.find('?') - flags.size());
  http::Response response;
  response.status = 404;
  codec::append_ofrep_failure(std::get<std::string>(response.body), decoded(key), codec::OfrepCode::flag_not_found,
                              "no flag can have this key: it is letters, digits, . _ and -");
  return response;
}

void evaluate_ofrep_flag(Context& context, const http::Request& request, const fast::Caller& caller,
                         http::Response& response) {
  context.lane.ofrep_flag(request, caller, response);
}

void evaluate_ofrep_flags(Context& context, const http::Request& request, const fast::Caller& caller,
                          http::Response& response) {
  context.lane.ofrep_flags(request, caller, response);
}

}  // namespace touchstone::api
