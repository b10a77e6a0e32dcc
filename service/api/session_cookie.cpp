#include "service/api/session_cookie.hpp"

#include <algorithm>
#include <chrono>

#include "service/app/sessions.hpp"

namespace touchstone::api {

namespace {

constexpr std::string_view kName = "touchstone_session";
constexpr std::string_view kTerms = "; Path=/; HttpOnly; SameSite=Lax";

}  // namespace

std::string session_cookie(std::string_view token, const http::Request& request, bool tls) {
  std::string cookie(kName);
  cookie.append("=").append(token).append(kTerms).append("; Max-Age=");
  cookie += std::to_string(std::chrono::seconds(app::kSessionLife).count());
  if (tls || request.origin.starts_with("https://")) cookie += "; Secure";
  return cookie;
}

std::string no_session_cookie() {
  std::string cookie(kName);
  return cookie.append("=").append(kTerms).append("; Max-Age=0");
}

std::string_view session_token(std::string_view cookie) noexcept {
  while (!cookie.empty()) {
    const auto end = std::min(cookie.find(';'), cookie.size());
    auto pair = cookie.substr(0, end);
    cookie.remove_prefix(std::min(end + 1, cookie.size()));
    pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
    if (pair.starts_with(kName) && pair.substr(kName.size()).starts_with('=')) return pair.substr(kName.size() + 1);
  }
  return {};
}

bool is_from_here(const http::Request& request) noexcept {
  if (request.origin.empty()) return true;
  const auto host = request.origin.find("://");
  return host != std::string_view::npos && request.origin.substr(host + 3) == request.host;
}

}  // namespace touchstone::api
