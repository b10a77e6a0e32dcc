#include "service/cli/report_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "service/cli/paint.hpp"
#include "service/cli/report_sections.hpp"
#include "service/cli/text_layout.hpp"
#include "service/page/check_text.hpp"
#include "service/page/remaining_text.hpp"
#include "service/page/verdict_text.hpp"

namespace touchstone::cli {
namespace {

constexpr std::size_t indent = 2;

std::size_t width_of(const ReportStyle& style) { return static_cast<std::size_t>(style.width); }

std::string paragraph(std::string_view text, const ReportStyle& style) {
  return std::string(indent, ' ') + wrapped(text, width_of(style), indent);
}

std::string point(std::string_view text, const ReportStyle& style) {
  return std::string(indent, ' ') + "· " + wrapped(text, width_of(style), indent + 2);
}

std::string painted(const Paint& paint, std::string_view text, std::string_view verdict) {
  if (verdict == "ship" || verdict == "no_difference") return paint.good(text);
  if (verdict == "do_not_trust" || verdict == "roll_back") return paint.bad(text);
  return paint.doubtful(text);
}

std::string painted(const Paint& paint, std::string_view text, judge::CheckLevel level) {
  switch (level) {
    case judge::CheckLevel::ok:
      return paint.good(text);
    case judge::CheckLevel::warn:
      return paint.doubtful(text);
    case judge::CheckLevel::block:
      return paint.bad(text);
  }
  return std::string(text);
}

/// Chips side by side, as many as fit on a line.
std::string strip(const std::vector<std::string>& chips, const ReportStyle& style) {
  std::string out;
  std::size_t column = 0;
  for (const auto& chip : chips) {
    const bool fits = column > 0 && column + 3 + columns_of(chip) <= width_of(style);
    if (column > 0 && !fits) out += "\n";
    const auto before = std::string(fits ? 3 : indent, ' ');
    column = (fits ? column : 0) + before.size() + columns_of(chip);
    out += before + chip;
  }
  return out + "\n";
}

/// The split is always explained, the rest where it is not as it should be.
bool worth_a_sentence(const judge::Check& check) {
  const bool repeats = check.code == "repeated_exposures" && check.value.value_or(0) > 0;
  return check.code == "srm" || repeats || check.level != judge::CheckLevel::ok;
}

}  // namespace

std::string verdict_section(const judge::Report& report, const ReportStyle& style) {
  const Paint paint(style.colour);
  const auto text = page::verdict_text(report);
  std::string out = paint.strong(report.experiment) + "\n";
  out += fmt::format("{} {}\n", painted(paint, text.icon, report.verdict.code), paint.strong(text.headline));
  out += paragraph(text.sentence, style);
  for (const auto& reason : text.reasons) out += point(reason, style);
  for (const auto& sentence : page::remaining_text(report)) out += point(sentence, style);
  if (style.truth) out += point("Simulated truth: " + style.truth->what + " " + style.truth->lesson, style);
  return out;
}

std::string trust_section(const judge::Report& report, const ReportStyle& style) {
  const Paint paint(style.colour);
  std::vector<std::string> chips;
  std::string sentences;
  for (const auto& check : page::told_checks(report)) {
    const auto text = page::check_text(check, report);
    auto chip = (text.looked_at ? painted(paint, text.sign, check.level) : text.sign) + " " + text.chip;
    if (std::find(chips.begin(), chips.end(), chip) == chips.end()) chips.push_back(std::move(chip));
    if (worth_a_sentence(check)) sentences += point(text.sentence, style);
  }
  for (const auto& remark : style.remarks) sentences += point(remark, style);
  return paint.strong("Can we believe it?") + "\n" + strip(chips, style) + sentences;
}

std::string report_text(const judge::Report& report, const ReportStyle& style) {
  std::string out = verdict_section(report, style);
  if (!report.checks.empty() || !report.trust.empty() || !style.remarks.empty())
    out += "\n" + trust_section(report, style);
  if (!report.results.empty()) out += "\n" + results_section(report, style);
  return out + "\n" + details_section(report, style);
}

}  // namespace touchstone::cli
