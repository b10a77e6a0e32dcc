#pragma once

#include <string>

namespace touchstone::api {

/// The OpenAPI 3.1 document of the route table.
[[nodiscard]] const std::string& openapi_document();

}  // namespace touchstone::api
