#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "service/page/check_text.hpp"
#include "service/page/conclusion_text.hpp"
#include "service/page/icon.hpp"
#include "service/page/number_text.hpp"
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

std::optional<std::string> segment_of(const judge::Reason& reason, const judge::Report& report) {
  for (std::size_t s = 0; s < report.segments.size(); ++s) {
    if (report.segments[s].name != reason.segment) continue;
    const auto& rows = report.segments[s].results;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (rows[i].metric == reason.metric && rows[i].variant == reason.variant) return segment_anchor(s, i);
  }
  return std::nullopt;
}

/// The row or check that a reason rests on; without one it stands for itself.
std::optional<std::string> evidence_of(const judge::Reason& reason, const judge::Report& report) {
  if (!reason.segment.empty()) return segment_of(reason, report);
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

/// What it comes to.
Markup worth_of(const judge::Report& report, const Reach& reach) {
  Markup lines;
  for (const auto& sentence : worth_text(report, reach)) lines += element("p", {{"class", "worth"}}, sentence);
  return lines;
}

Markup chain_link(bool there, const std::string& words) {
  return element("li", {}, text_node(there ? "✓ " : "○ ") + text_node(words));
}

std::string exposed_words(const judge::Counts& counts) {
  if (counts.units == 0) return "Exposed: no exposure of this experiment has arrived";
  return fmt::format("Exposed: {} units, by {} exposures", grouped(counts.units), grouped(counts.exposures));
}

std::string matched_words(const judge::Counts& counts) {
  if (counts.exposures == 0 && counts.unattributed == 0) return "Matched: nothing has arrived that could be";
  if (counts.unattributed == 0) return "Matched: no exposure named another variant, another unit type or another time";
  return fmt::format(
      "Matched: {} exposures belong to no variant; they name an unknown one, come from before the start or are of "
      "another unit type",
      grouped(counts.unattributed));
}

std::string compared_words(const judge::Counts& counts) {
  std::string words = "Compared:";
  for (const auto& variant : counts.variants)
    words += fmt::format("{} {} of {}", words.back() == ':' ? "" : ",", grouped(variant.analysed), variant.variant);
  return words;
}

bool happened(const judge::Row& row) {
  return std::ranges::any_of(row.arms, [](const judge::Arm& arm) { return arm.sum.value_or(0) != 0; });
}

/// Every link between assignment and result, for who wonders why there is none.
Markup chain_of(const judge::Report& report) {
  if (report.verdict.code != "no_data") return {};
  const auto& counts = report.counts;
  const bool all_seen = !counts.variants.empty() &&
                        std::ranges::all_of(counts.variants, [](const auto& variant) { return variant.analysed > 0; });
  const bool converted = std::ranges::any_of(
      report.results, [](const auto& row) { return row.role == storage::MetricRole::goal && happened(row); });
  return element("p", {{"class", "label"}}, "Why is this empty?") +
         element("ul", {{"class", "reasons chain"}},
                 chain_link(counts.units > 0, exposed_words(counts)) +
                     chain_link(counts.exposures > 0 && counts.unattributed == 0, matched_words(counts)) +
                     chain_link(all_seen, compared_words(counts)) +
                     chain_link(converted, converted ? "Converted: events of a goal have arrived"
                                                     : "Converted: no event of a goal has arrived"));
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

Markup verdict_section(const judge::Report& report, const Reach& reach) {
  const auto text = verdict_text(report);
  const auto headline = verdict_icon(report.verdict.code) + text_node(" " + text.headline);
  const auto content = element("h2", {{"id", "verdict-title"}}, headline) +
                       element("p", {{"class", "sentence"}}, text.sentence) + worth_of(report, reach) +
                       reasons_of(report) + chain_of(report) + remaining_of(report);
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
