#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "service/api/call.hpp"
#include "storage/person.hpp"

/// What every way in has in common: setup link, invitation, e-mail and password. A browser types into a page's form and
/// is led on; a program sends the same fields as JSON and is told who it is. Both get the cookie.
namespace touchstone::api {

/// Error forbidden for what a page of another origin sent.
[[nodiscard]] Status check_from_here(const http::Request& request);

/// Signs in, and leads a browser on to `next`.
[[nodiscard]] Result<http::Response> let_in(Context& context, const http::Request& request,
                                            const storage::Person& person, std::string_view next = "/");

/// For a browser the same form again with what was wrong; for others the error itself.
using Again = std::function<std::string(const Error& error)>;
[[nodiscard]] Result<http::Response> ask_again(const http::Request& request, const Error& error, const Again& form);

/// 429 with what to wait, in either form.
[[nodiscard]] http::Response ask_later(const http::Request& request, std::chrono::seconds wait, const Again& form);

/// In the place of a page: the form to sign in, or what role it takes.
[[nodiscard]] http::Response closed_page(Context& context, const http::Request& request, const Error& error);

/// A page with a form, whose origin browsers may name when it is sent.
[[nodiscard]] http::Response form_page(std::string text, int status = 200);

/// Whether whoever asks has that role or more, so that a page offers nothing in vain; keys and the operator have.
[[nodiscard]] bool may(const Context& context, const fast::Caller& caller, storage::Role least);

/// `{"email", "name", "role", "session"}`
[[nodiscard]] std::string write_me(const storage::Person& person, std::string_view session);

}  // namespace touchstone::api
