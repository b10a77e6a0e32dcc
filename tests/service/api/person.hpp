#pragma once

#include <string>

#include "storage/person.hpp"
#include "tests/service/api/running.hpp"

namespace touchstone::api {

inline const std::string kPassword = "correct horse battery";

/// The cookie in an answer that signs somebody in: "touchstone_session=...".
[[nodiscard]] std::string cookie_in(const http::ClientResponse& answer);

/// The path of an invitation, made with the admin key.
[[nodiscard]] std::string invited(Running& running, const std::string& email, storage::Role role);

/// Somebody of that role who has joined, called Ada <ada@example.com> unless said, as a browser's cookie.
[[nodiscard]] std::string joined(Running& running, storage::Role role, const std::string& email = "ada@example.com");

/// Without a key: JSON to a form.
[[nodiscard]] http::ClientResponse fill_in(Running& running, const std::string& target, const std::string& json,
                                           std::vector<std::pair<std::string, std::string>> headers = {});

/// As the console asks in somebody's name.
[[nodiscard]] http::ClientResponse ask_as(Running& running, const std::string& cookie, http::Method method,
                                          const std::string& target, const std::string& body = {},
                                          std::vector<std::pair<std::string, std::string>> headers = {});

/// Signs in; the answer.
[[nodiscard]] http::ClientResponse sign_in(Running& running, const std::string& email, const std::string& password);

/// A setup link, as the operator makes it.
[[nodiscard]] http::ClientResponse setup_link(Running& running);

}  // namespace touchstone::api
