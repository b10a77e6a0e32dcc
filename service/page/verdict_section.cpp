#include <array>
#include <cstddef>
#include <optional>

#include "service/page/check_text.hpp"
#include "service/page/conclusion_text.hpp"
#include "service/page/icon.hpp"
#include "service/page/remaining_text.hpp"
#include "service/page/sections.hpp"
#include "service/page/verdict_text.hpp"

namespace touchstone::page {
namespace {

using judge::CheckLevel;

/// Green only for what is decided.
std::string_view tone_of_verdict(std::string_view code) {
  if (code == "ship" || code == "no_difference") return "good";
  if (code == "do_not_trust" || code == "roll_back") return "bad";
  return code == "trade_off" || code == "ship_with_care" ? "warn" : "open";
}

/// The row or check that a reason rests on; without one it stands for itself.
std::optional<std::string> evidence_of(const judge::Reason& reason, const judge::Report& report) {
  for (std::size_t i = 0; i < report.results.size(); ++i)
    if (report.results[i].metric == reason.metric && report.results[i].variant == reason.variant) return row_anchor(i);
  for (std::size_t i = 0; i < report.checks.size(); ++i)
    if (reason.code == "check_" + report.checks[i].code && report.checks[i].level == CheckLevel::block)
      return check_anchor(i);
  return std::nullopt;
}

Markup reason_item(const judge::Reason& reason, const judge::Report& report) {
  const auto text = reason_text(reason, report);
  const auto anchor = evidence_of(reason, report);
  return element("li", {}, anchor ? element("a", {{"href", "#" + *anchor}}, text) : text_node(text));
}

Markup reasons_of(const judge::Report& report) {
  if (report.verdict.reasons.empty()) return {};
  Markup list;
  for (const auto& reason : report.verdict.reasons) list += reason_item(reason, report);
  return element("p", {{"class", "label"}}, "Why") + element("ul", {{"class", "reasons"}}, list);
}

Markup remaining_of(const judge::Report& report) {
  Markup list;
  for (const auto& sentence : remaining_text(report)) list += element("li", {}, sentence);
  if (!report.remaining) return {};
  return element("p", {{"class", "label"}}, "How much longer?") + element("ul", {{"class", "reasons"}}, list);
}

/// Above the verdict, where any check forbids it.
Markup banner_of(const judge::Report& report) {
  for (const auto& check : report.checks)
    if (check.level == CheckLevel::block)
      return element("p", {{"class", "banner"}},
                     stop_icon() + text_node(" Do not decide on these figures: " + check_text(check, report).chip));
  return {};
}

constexpr std::array<std::string_view, 3> chip_classes{"ok", "warn", "block"};

std::string_view class_of(const judge::Check& check, const CheckText& text) {
  return text.looked_at ? chip_classes.at(static_cast<std::size_t>(check.level)) : "open";
}

/// Glyphs that every font has, and two that few have.
Markup sign_of(const judge::Check& check, const CheckText& text) {
  if (!text.looked_at) return verdict_icon("no_data");
  return check.level == CheckLevel::block ? stop_icon() : text_node(text.sign);
}

Markup chip_of(const judge::Check& check, std::size_t index, const judge::Report& report) {
  const auto text = check_text(check, report);
  return element(
      "li", {{"class", std::string(class_of(check, text))}},
      element("a", {{"href", "#" + check_anchor(index)}}, sign_of(check, text) + text_node(" " + text.chip)));
}

Markup check_item(const judge::Check& check, std::size_t index, const judge::Report& report) {
  const auto text = check_text(check, report);
  return element("li", {{"id", check_anchor(index)}, {"class", std::string(class_of(check, text))}},
                 element("span", {{"class", "sign"}}, sign_of(check, text)) + text_node(" " + text.sentence));
}

}  // namespace

Markup verdict_section(const judge::Report& report) {
  const auto text = verdict_text(report);
  const auto headline = verdict_icon(report.verdict.code) + text_node(" " + text.headline);
  const auto content = element("h2", {{"id", "verdict-title"}}, headline) +
                       element("p", {{"class", "sentence"}}, text.sentence) + reasons_of(report) + remaining_of(report);
  const auto css = "verdict " + std::string(tone_of_verdict(report.verdict.code));
  return banner_of(report) +
         element("section", {{"id", "verdict"}, {"class", css}, {"aria-labelledby", "verdict-title"}}, content);
}

Markup trust_section(const judge::Report& report, const PageStyle& style) {
  const auto checks = told_checks(report);
  if (checks.empty() && style.remarks.empty()) return {};
  Markup chips;
  Markup sentences;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    chips += chip_of(checks[i], i, report);
    sentences += check_item(checks[i], i, report);
  }
  for (const auto& remark : style.remarks) sentences += element("li", {}, remark);
  return titled_section("trust", "Can we believe it?",
                        element("ul", {{"class", "chips"}}, chips) + element("ul", {{"class", "checks"}}, sentences));
}

}  // namespace touchstone::page
