#include "service/cli/findings_text.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "service/cli/paint.hpp"
#include "service/cli/text_layout.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::cli {
namespace {

using storage::Finding;

constexpr std::array<std::string_view, 3> kLevels{"ok", "note", "problem"};
constexpr std::size_t kLevelColumns = 9;

std::string_view word_of(Finding::Level level) { return kLevels.at(static_cast<std::size_t>(level)); }

std::string painted(const Paint& paint, Finding::Level level) {
  if (level == Finding::Level::ok) return paint.good(word_of(level));
  return level == Finding::Level::note ? paint.doubtful(word_of(level)) : paint.bad(word_of(level));
}

std::size_t count(std::span<const Finding> findings, Finding::Level level) {
  return static_cast<std::size_t>(std::ranges::count(findings, level, &Finding::level));
}

}  // namespace

bool healthy(std::span<const Finding> findings) { return count(findings, Finding::Level::problem) == 0; }

std::string findings_text(std::span<const Finding> findings, const Terminal& terminal) {
  std::string text;
  const auto width = static_cast<std::size_t>(terminal.width);
  const std::string indent(kLevelColumns, ' ');
  const Paint paint(terminal.colour);
  for (const Finding& finding : findings) {
    text += left_in(painted(paint, finding.level), kLevelColumns);
    text += wrapped(fmt::format("{}: {}", finding.subject, finding.text), width, kLevelColumns);
    if (!finding.advice.empty()) text += indent + wrapped("-> " + finding.advice, width, kLevelColumns);
  }
  return text + fmt::format("\n{} ok, {} notes, {} problems\n", count(findings, Finding::Level::ok),
                            count(findings, Finding::Level::note), count(findings, Finding::Level::problem));
}

std::string findings_json(std::span<const Finding> findings) {
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("healthy").boolean(healthy(findings)).key("findings").begin_array();
  for (const Finding& finding : findings) {
    out.begin_object().key("subject").text(finding.subject).key("level").text(word_of(finding.level));
    out.key("text").text(finding.text).key("advice").text(finding.advice).end_object();
  }
  out.end_array().end_object();
  return text;
}

}  // namespace touchstone::cli
