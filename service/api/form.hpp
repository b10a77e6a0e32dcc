#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/result.hpp"
#include "service/http/request.hpp"

namespace touchstone::api {

/// What somebody typed into a page's form, or a program sent as an object of texts.
class Form {
 public:
  /// Reads application/x-www-form-urlencoded, and application/json. Fields that are not `known` are refused. Errors:
  /// unsupported_media; invalid, at the field.
  [[nodiscard]] static Result<Form> read(const http::Request& request, std::span<const std::string_view> known);

  [[nodiscard]] std::string_view text(std::string_view name) const;  ///< empty where absent

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace touchstone::api
