#pragma once

#include "service/page/check_words.hpp"

/// Words for what stands in a report's `trust` (service/judge/trust.hpp).
namespace touchstone::page {

[[nodiscard]] Words slice_split(const judge::Check& check, const judge::Report& report);
[[nodiscard]] Words post_exposure(const judge::Check& check, const judge::Report& report);
[[nodiscard]] Words twyman(const judge::Check& check, const judge::Report& report);
[[nodiscard]] Words simpson(const judge::Check& check, const judge::Report& report);
[[nodiscard]] Words drift(const judge::Check& check, const judge::Report& report);
/// Also of primacy.
[[nodiscard]] Words novelty(const judge::Check& check, const judge::Report& report);

}  // namespace touchstone::page
