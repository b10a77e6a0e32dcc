#pragma once

#include <string>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// How an always-valid figure came about: "two_keys; units who entered before 2026-11-20 00:00 UTC; 120 more not judged
/// yet; decided on those before 2026-11-12 06:00 UTC".
[[nodiscard]] std::string watched_text(const judge::AlwaysValid& watched);

}  // namespace touchstone::page
