#pragma once

#include <string>
#include <string_view>

#include "service/http/request.hpp"

/// The cookie that a signed-in browser shows: HttpOnly, SameSite=Lax, and Secure where the connection is encrypted.
namespace touchstone::api {

/// Value of a Set-Cookie header. `tls`: the service itself speaks TLS; a proxy in front of it shows in the origin.
[[nodiscard]] std::string session_cookie(std::string_view token, const http::Request& request, bool tls);
/// Value of one that takes it away.
[[nodiscard]] std::string no_session_cookie();

/// The token in a Cookie header; empty without one.
[[nodiscard]] std::string_view session_token(std::string_view cookie) noexcept;

/// False where a page of another origin sent it. Browsers name the origin with everything that may change something;
/// what names none is no browser's.
[[nodiscard]] bool is_from_here(const http::Request& request) noexcept;

}  // namespace touchstone::api
