#include "service/cli/survival_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "service/cli/text_layout.hpp"
#include "service/page/number_text.hpp"
#include "stats/status.hpp"

namespace touchstone::cli {
namespace {

std::string figure(double value) {
  if (std::isnan(value)) return "?";
  return std::isinf(value) ? "∞" : page::significant(value, 3);
}

/// "44.8 % (18.8 to 68)"; figures are multiplied by `scale` first.
std::string around(double value, std::string_view unit, const stats::Interval& interval, double scale = 1) {
  auto alone = figure(scale * value).append(unit);
  if (!interval.known()) return alone;
  return fmt::format("{} ({} to {})", alone, figure(scale * interval.low), figure(scale * interval.high));
}

std::string still_there(const judge::SurvivalArm& arm, double time) {
  const auto step = stats::survival_at(arm.curve, time);
  return around(step.survival, " %", step.interval, 100);
}

/// The longest time until which somebody of every arm was watched: curves may be compared up to here.
double common_end(const judge::SurvivalJudgement& judgement) {
  double end = stats::infinity;
  for (const auto& arm : judgement.arms) end = std::min(end, arm.watched);
  return end;
}

std::vector<std::vector<std::string>> lines_of(const judge::SurvivalStudy& study,
                                               const judge::SurvivalJudgement& judgement) {
  const double end = common_end(judgement);
  std::vector<std::vector<std::string>> lines{
      {"variant", "customers", "gone", "median stay", fmt::format("still there at {}", figure(end))}};
  for (std::size_t v = 0; v < study.variants.size(); ++v) {
    const auto& arm = judgement.arms[v];
    lines.push_back({study.variants[v], page::grouped(arm.customers),
                     page::grouped(static_cast<std::uint64_t>(arm.ended)),
                     around(arm.median.time, "", arm.median.interval), still_there(arm, end)});
  }
  return lines;
}

std::string aligned(const std::vector<std::vector<std::string>>& lines) {
  std::vector<std::size_t> widths(lines.front().size());
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], columns_of(line[i]));
  std::string out;
  for (const auto& line : lines) {
    out += left_in(line.front(), widths.front());
    for (std::size_t i = 1; i < line.size(); ++i) out.append("  ").append(right_in(line[i], widths[i]));
    out += '\n';
  }
  return out;
}

std::string says(const judge::SurvivalRow& row, double alpha) {
  if (!(row.adjusted_p <= alpha)) return "not clear";
  return row.hazard.ratio > 1 ? "leave sooner" : "stay longer";
}

std::string comparison(const judge::SurvivalStudy& study, const judge::SurvivalRow& row, double alpha) {
  const auto who = fmt::format("{} against {}", study.variants[row.variant], study.variants.front());
  if (row.hazard.status != stats::Status::ok)
    return fmt::format("{}: not computable ({})\n", who, stats::name(row.hazard.status));
  return fmt::format("{}: leave at {}, p {:.2g} (log-rank {:.2g}): {}\n", who,
                     around(row.hazard.ratio, " times the rate", row.hazard.interval), row.adjusted_p,
                     row.log_rank.two_sided.p, says(row, alpha));
}

}  // namespace

std::string survival_text(const judge::SurvivalStudy& study, const judge::SurvivalJudgement& judgement, double alpha) {
  std::string out = aligned(lines_of(study, judgement)) + "\n";
  for (const auto& row : judgement.rows) out += comparison(study, row, alpha);
  return out + fmt::format("Intervals at {:g} %; one look, after the last planned day.\n", 100 * (1 - alpha));
}

}  // namespace touchstone::cli
