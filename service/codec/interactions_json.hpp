#pragma once

#include <string>
#include <string_view>

#include "service/judge/interactions.hpp"

namespace touchstone::codec {

/// `{"experiment", "others": [{"experiment", "control", "units", "assignment": {"status", "chi2", "df", "p",
/// "dependent"}, "results": [{"metric", "version", "variant", "control", "other_variant", "without", "with",
/// "difference", "p", "p_adjusted", "stands_out"}]}], "left_out"}`, intervals as in a report.
[[nodiscard]] std::string write_interactions(std::string_view experiment, const judge::Interactions& found);

}  // namespace touchstone::codec
