#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/judge/sizing.hpp"

namespace touchstone::codec {

/// What POST /v1/sample-size asks: `{"baseline"?: {"rate"} | {"mean", "deviation"}, with "answering"?, | {"ratio":
/// {"numerator": {"mean", "deviation"}, "denominator": {...}, "correlation"?}}; "experiment"?, "metric"?; "effect"?:
/// {"relative"} | {"absolute"}; "units"?, "power"?, "direction"?: "rise" | "drop"; "alpha"?, "weights"?, "goals"?;
/// "method"?: "always-valid" | "fixed-horizon" | "group-sequential" with "looks"?, "spending"?, "spending_parameter"?;
/// "claim"?: "difference" | "non-inferiority" | "equivalence" with "margin"; "correlation"?; "clusters"?: {"size",
/// "deviation"?, "intraclass"}; "units_per_day"?}`.
[[nodiscard]] Result<judge::SizeRequest> read_size_request(std::string_view json);

/// Units are rounded up, to whole ones of each variant.
[[nodiscard]] std::string write_sized(const judge::SizeRequest& request, const judge::Sized& sized);

}  // namespace touchstone::codec
