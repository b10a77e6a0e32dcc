#pragma once

#include <string>

#include "service/judge/portfolio.hpp"

namespace touchstone::codec {

/// Of GET /v1/portfolio.
[[nodiscard]] std::string write_portfolio(const judge::Portfolio& portfolio);

}  // namespace touchstone::codec
