#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/time.hpp"

namespace touchstone::codec {

/// Leave to read the report of one experiment without signing in, until it expires or is taken back.
struct ShareLink {
  std::string id;  ///< names it; the link itself cannot be told from it
  std::string experiment;
  Time expires{};
  std::string by{};  ///< who made it; empty where that was not noted yet
};

/// Reads `{"expires_in"?: duration}`; an empty body says nothing.
[[nodiscard]] Result<std::optional<Micros>> read_share_request(std::string_view json);

/// What is stored: everything but the id, which is the key of the document.
[[nodiscard]] std::string write_stored_share(const ShareLink& link);
[[nodiscard]] Result<ShareLink> read_stored_share(std::string id, std::string_view json);

/// With the path that is the link: shown once.
[[nodiscard]] std::string write_new_share(const ShareLink& link, std::string_view path);
/// `{"items": [...]}`
[[nodiscard]] std::string write_shares(std::span<const ShareLink> links);

}  // namespace touchstone::codec
