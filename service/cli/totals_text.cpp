#include "service/cli/totals_text.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "service/cli/paint.hpp"
#include "service/cli/text_layout.hpp"
#include "service/page/number_text.hpp"

namespace touchstone::cli {
namespace {

/// The cells of one line, before they are aligned.
struct Line {
  std::string name;
  std::string units;
  std::string change;
  std::string interval;
  std::string p;
  std::string says;
  std::vector<std::string> remarks;
};

bool split_broken(const judge::TotalsJudgement& judgement) {
  return judgement.split.p.p < kBrokenSplit || judgement.anytime_split_p < kBrokenSplit;
}

std::string name_of(const JudgedTotals& judged, const judge::TotalsRow& row) {
  const auto& stream = judged.stream;
  const auto of = stream.metric.empty() ? stream.experiment : stream.experiment + " " + stream.metric;
  return fmt::format("{}: {} against {}", of, stream.variants[row.variant], stream.variants.front());
}

std::string percent(double change) {
  if (std::isinf(change)) return change > 0 ? "∞" : "−∞";
  return page::signed_decimal(100 * change, 2) + " %";
}

/// Relative where that has a meaning, else in the metric's unit.
bool told_relative(const judge::TotalsRow& row) { return row.always_valid.relative.status == stats::Status::ok; }

std::string change(const judge::TotalsRow& row) {
  if (told_relative(row)) return percent(row.always_valid.relative.estimate);
  const auto& absolute = row.always_valid.absolute;
  return absolute.status == stats::Status::ok ? fmt::format("{:+.4g}", absolute.estimate) : "";
}

std::string interval(const judge::TotalsRow& row) {
  if (told_relative(row)) {
    const auto& known = row.always_valid.relative.interval;
    return fmt::format("{} to {}", percent(known.low), percent(known.high));
  }
  const auto& absolute = row.always_valid.absolute;
  if (absolute.status != stats::Status::ok) return "not computable yet";
  return fmt::format("{:+.4g} to {:+.4g}", absolute.interval.low, absolute.interval.high);
}

std::string says(const JudgedTotals& judged, const judge::TotalsRow& row, const Paint& paint) {
  if (split_broken(judged.judgement)) return paint.bad("do not trust: the split is broken");
  if (!row.declared) return paint.faint("not clear");
  const auto word = row.sign > 0 ? "higher" : "lower";
  if (row.reversed) return paint.doubtful(fmt::format("was {}, has turned since", word));
  if (row.always_valid.absolute.interval.contains(0)) return paint.doubtful(fmt::format("was {}, fades", word));
  return paint.strong(word);
}

std::vector<std::string> remarks(const JudgedTotals& judged) {
  std::vector<std::string> all;
  const auto& judgement = judged.judgement;
  if (split_broken(judgement))
    all.push_back(fmt::format("the planned split has a chance of {:.2g} to give these units",
                              std::min(judgement.split.p.p, judgement.anytime_split_p)));
  std::map<std::size_t, int> stood;
  std::map<std::size_t, int> fell;
  for (const auto& alarm : judgement.alarms)
    ++(alarm.what == judge::TotalsAlarm::What::stood_still ? stood : fell)[alarm.variant];
  for (const auto& [variant, times] : stood)
    all.push_back(fmt::format("{} stood still {} while another arm moved; those looks are left out",
                              judged.stream.variants[variant], times == 1 ? "once" : fmt::format("{} times", times)));
  for (const auto& [variant, times] : fell)
    all.push_back(fmt::format("the totals of {} fell {}", judged.stream.variants[variant],
                              times == 1 ? "once" : fmt::format("{} times", times)));
  return all;
}

std::vector<Line> lines_of(std::span<const JudgedTotals> all, const Paint& paint) {
  std::vector<Line> lines;
  for (const auto& judged : all) {
    for (const auto& row : judged.judgement.rows) {
      const auto& arms = judged.judgement.arms;
      const auto units = arms.empty() ? 0 : arms.front().units + arms[row.variant].units;
      lines.push_back({name_of(judged, row),
                       page::grouped(static_cast<std::uint64_t>(units)),
                       change(row),
                       interval(row),
                       fmt::format("{:.2g}", row.adjusted_p),
                       says(judged, row, paint),
                       {}});
    }
    if (!judged.judgement.rows.empty()) lines.back().remarks = remarks(judged);
  }
  return lines;
}

std::size_t widest(const std::vector<Line>& lines, std::string Line::*cell, std::string_view title) {
  std::size_t columns = columns_of(title);
  for (const auto& line : lines) columns = std::max(columns, columns_of(line.*cell));
  return columns;
}

std::string table(std::vector<Line> lines, double alpha, const Paint& paint) {
  Line head{"comparison", "units", "change", fmt::format("{:g} % at any look", 100 * (1 - alpha)), "p", "says", {}};
  const auto columns = [&](std::string Line::*cell) { return widest(lines, cell, head.*cell); };
  const auto name = columns(&Line::name);
  const auto units = columns(&Line::units);
  const auto change = columns(&Line::change);
  const auto interval = columns(&Line::interval);
  const auto p = columns(&Line::p);
  std::string out;
  const auto append = [&](const Line& line) {
    out +=
        fmt::format("{}  {}  {}  {}  {}  {}\n", left_in(line.name, name), right_in(line.units, units),
                    right_in(line.change, change), right_in(line.interval, interval), right_in(line.p, p), line.says);
    for (const auto& remark : line.remarks) out += "  " + paint.doubtful("! ") + remark + "\n";
  };
  append(head);
  for (const auto& line : lines) append(line);
  return out;
}

std::string summary(std::span<const JudgedTotals> all) {
  std::size_t comparisons = 0;
  std::size_t clear = 0;
  std::size_t broken = 0;
  std::size_t alarmed = 0;
  for (const auto& judged : all) {
    const bool trusted = !split_broken(judged.judgement);
    broken += trusted ? 0 : 1;
    alarmed += judged.judgement.alarms.empty() ? 0 : 1;
    for (const auto& row : judged.judgement.rows) {
      ++comparisons;
      clear += trusted && row.declared ? 1 : 0;
    }
  }
  return fmt::format(
      "\n{} questions, {} comparisons: {} clear; {} with a broken split, {} with totals that stood still "
      "or fell\n",
      page::grouped(all.size()), page::grouped(comparisons), page::grouped(clear), page::grouped(broken),
      page::grouped(alarmed));
}

}  // namespace

std::string totals_text(std::span<const JudgedTotals> all, double alpha, bool colour) {
  const Paint paint(colour);
  return table(lines_of(all, paint), alpha, paint) + (all.size() > 1 ? summary(all) : "");
}

}  // namespace touchstone::cli
