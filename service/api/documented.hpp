#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/api/routes.hpp"

/// What follows from the rows of the table for those who call.
namespace touchstone::api {

/// What belongs together, in the order in which it is shown.
struct Group {
  std::string_view name;
  std::string_view about;
};
[[nodiscard]] std::span<const Group> groups();

/// All answers of a route by status, which may come in two forms: its own, and those that its roles, limit and lane
/// bring with them.
[[nodiscard]] std::vector<Answer> answers_of(const Row& row);

/// The names between braces, each a component.
[[nodiscard]] std::vector<std::string_view> path_parameters(std::string_view pattern);

/// The components of the parameters that it takes in its path and in headers.
[[nodiscard]] std::vector<std::string_view> parameters_of(const Row& row);

[[nodiscard]] std::string size_words(std::size_t bytes);  ///< "64 KiB"

/// Whether the caller shows a key in the Authorization header, or is signed in and says so.
[[nodiscard]] bool takes_key(const Row& row);

/// Whether the key may also stand in the path.
[[nodiscard]] bool has_key_in_path(const Row& row);

/// Whether it answers with a stream, for a key, or for a token of the query where it is not a live one.
[[nodiscard]] bool is_stream(const Row& row);
/// Whether it is a stream for browsers too, by their cookie.
[[nodiscard]] bool is_live(const Row& row);
/// Where people may call, from a signed-in browser.
[[nodiscard]] bool takes_session(const Row& row);

[[nodiscard]] std::string_view method_word(http::Method method) noexcept;  ///< "get", ...

/// The schemas, parameters, headers and security schemes that the document names: a JSON object.
[[nodiscard]] std::string_view components();

}  // namespace touchstone::api
