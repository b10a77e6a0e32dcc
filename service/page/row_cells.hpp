#pragma once

#include <string>
#include <vector>

#include "service/judge/report.hpp"
#include "service/page/change_text.hpp"
#include "service/page/html.hpp"

/// Cells of a row of results that stand in more than one table, and what a drawing says of it in words.
namespace touchstone::page {

/// "+4.1 % relative"
[[nodiscard]] std::string change_words(const ChangeText& change);
/// "purchase, one-page against control: +4.1 % relative, 95 % interval +1.6 % to +6.7 %; better"
[[nodiscard]] std::string finding_text(const judge::Row& row, const judge::JudgedPlan& plan);

/// The CSS class of what the row says. What may not be used is not coloured as decided.
[[nodiscard]] std::string tone_class(const judge::Row& row, const judge::Report& report);

[[nodiscard]] Markup word_cell(const judge::Row& row, const judge::Report& report);
/// Change and range, or why they cannot be told.
[[nodiscard]] Markup change_cell(const judge::Row& row, const judge::JudgedPlan& plan, const Markup& note = {});

/// Into the values that an axis shows, where there is one.
void append(std::vector<double>& values, const std::optional<double>& value);

}  // namespace touchstone::page
