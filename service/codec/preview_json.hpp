#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/time.hpp"

namespace touchstone::codec {

/// Name of the query parameter by which a link carries its token to a page.
inline constexpr std::string_view kPreviewParameter = "touchstone_preview";

/// What POST /v1/preview-links asks: `{"experiment", "variant", "expires_in"?: duration, "page"?: address}`.
struct PreviewRequest {
  std::string experiment;
  std::string variant;
  std::optional<Micros> expires_in;
  std::string page;  ///< http or https; empty: none
};
[[nodiscard]] Result<PreviewRequest> read_preview_request(std::string_view json);

/// `{"token", "expires_at", "link"?}`: the page with the token as a parameter.
[[nodiscard]] std::string write_preview_link(std::string_view token, Time expires, std::string_view page);

}  // namespace touchstone::codec
