#pragma once

#include "service/page/check_words.hpp"

/// What the guardrails say together. The verdict judges them; here they stand among what one asks before believing.
namespace touchstone::page {

/// Warns where one is harmed, and where one is not ruled out though more data are not waited for.
[[nodiscard]] judge::Check guardrail_check(const judge::Report& report);
[[nodiscard]] Words guardrails(const judge::Check& check, const judge::Report& report);

}  // namespace touchstone::page
