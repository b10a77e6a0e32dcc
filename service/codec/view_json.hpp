#pragma once

#include <span>
#include <string>
#include <string_view>

#include "assign/result.hpp"

namespace touchstone::codec {

/// A list of the console as somebody wants to see it again.
struct View {
  std::string key;
  std::string name;
  std::string page = "experiments";  ///< of the console
  std::string query;                 ///< of its address, without the question mark
  bool shared = false;               ///< else its owner alone sees it
  std::string owner;                 ///< as the history names people
};

/// `{"key", "name", "page"?, "query", "shared"?}`
[[nodiscard]] Result<View> read_view_request(std::string_view json);

[[nodiscard]] std::string write_stored_view(const View& view);
[[nodiscard]] Result<View> read_stored_view(std::string key, std::string_view json);

[[nodiscard]] std::string write_view(const View& view);
/// `{"items": [...]}`
[[nodiscard]] std::string write_views(std::span<const View> views);

}  // namespace touchstone::codec
