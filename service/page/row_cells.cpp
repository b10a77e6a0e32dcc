#include "service/page/row_cells.hpp"

#include <array>

#include <fmt/format.h>

#include "service/page/conclusion_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/status_text.hpp"

namespace touchstone::page {
namespace {

constexpr std::array<std::string_view, 3> tone_classes{"good", "bad", "open"};

}  // namespace

std::string change_words(const ChangeText& change) {
  return change.estimate + (change.scale == "relative" ? " relative" : "");
}

std::string finding_text(const judge::Row& row, const judge::JudgedPlan& plan) {
  const auto change = deciding_change(row, plan);
  return fmt::format("{}, {} against {}: {}, {} {}; {}", row.metric, row.variant, row.control, change_words(change),
                     interval_name(plan), change.range(), conclusion_text(row.conclusion));
}

std::string tone_class(const judge::Row& row, const judge::Report& report) {
  const auto tone = report.verdict.code == "do_not_trust" ? Tone::open : tone_of(row.conclusion);
  return std::string(tone_classes.at(static_cast<std::size_t>(tone)));
}

Markup word_cell(const judge::Row& row, const judge::Report& report) {
  return element("td", {{"class", "word " + tone_class(row, report)}}, conclusion_text(row.conclusion));
}

Markup change_cell(const judge::Row& row, const judge::JudgedPlan& plan, const Markup& note) {
  if (row.status != "ok")
    return element("td", {{"class", "change"}}, "Not computable yet: " + status_text(row.status) + ".");
  const auto change = deciding_change(row, plan);
  return element(
      "td", {{"class", "change"}},
      element("strong", {}, change_words(change)) + element("span", {{"class", "soft"}}, change.range()) + note);
}

void append(std::vector<double>& values, const std::optional<double>& value) {
  if (value) values.push_back(*value);
}

}  // namespace touchstone::page
