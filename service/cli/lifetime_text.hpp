#pragma once

#include <span>
#include <string>

#include "service/judge/projection.hpp"

namespace touchstone::cli {

struct Projected {
  std::string variant;  ///< empty where the table has none
  judge::Projection projection;
};

/// What each variant's customers did, what to expect of them, and the models' parameters.
[[nodiscard]] std::string lifetime_text(std::span<const Projected> all, const judge::ProjectionTerms& terms);

}  // namespace touchstone::cli
