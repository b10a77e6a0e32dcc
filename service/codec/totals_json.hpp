#pragma once

#include <string>

#include "service/judge/totals.hpp"

namespace touchstone::codec {

/// One line: {"experiment", "metric"?, "control", "at", "split": {"p", "anytime_p", "units": {variant: n}},
/// "results": [{"variant", "units": [control, variant], "mean": [...], "absolute", "relative", "always_valid"}],
/// "alarms": [{"what", "variant", "at"}]}. "absolute" and "relative" are those of one planned look at the end:
/// {"status", "estimate", "low", "high", "p"}; "always_valid" has the same two, "adjusted_p" (Holm over the variants)
/// and, where a change was declared, "declared_at", "sign" and "reversed". What has no number is null.
[[nodiscard]] std::string write_totals(const judge::TotalsStream& stream, const judge::TotalsJudgement& judgement);

}  // namespace touchstone::codec
