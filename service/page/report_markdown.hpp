#pragma once

#include <string>

#include "service/judge/report.hpp"
#include "service/page/reach.hpp"

namespace touchstone::page {

/// A summary to be pasted into a chat: verdict, what speaks against the data, a line per measure and variant. Names
/// cannot become markup, links or mentions.
[[nodiscard]] std::string report_markdown(const judge::Report& report, const Reach& reach = {});

}  // namespace touchstone::page
