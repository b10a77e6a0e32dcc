#pragma once

#include <string>

#include "service/app/keys.hpp"

namespace touchstone::api {

/// `{"key", "id", "kind", "name"}`: the only answer that ever holds a key.
[[nodiscard]] std::string write_issued_key(const app::IssuedKey& issued);

}  // namespace touchstone::api
