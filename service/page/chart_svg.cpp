#include "service/page/chart_svg.hpp"

#include <fmt/format.h>

#include "service/page/certainty.hpp"
#include "service/page/conclusion_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/row_cells.hpp"
#include "service/page/row_drawing.hpp"
#include "service/page/verdict_text.hpp"

namespace touchstone::page {
namespace {

using judge::Report;
using judge::Row;

constexpr int kWidth = 760;
constexpr int kMargin = 20;
constexpr int kTitleRoom = 76;
constexpr int kFootRoom = 40;
constexpr int kRowRoom = 46;
constexpr int kNames = 220;    // width of the column of names
constexpr int kChanges = 190;  // of that of changes
constexpr int kDrawing = kWidth - 2 * kMargin - kNames - kChanges - 20;

constexpr std::string_view kColours =
    "text{font:13px system-ui,sans-serif;fill:#1c2127}.strong{font-weight:600}.title{font-size:17px;font-weight:600}"
    ".soft,.ticks text{fill:#5a6573;font-size:12px}svg{overflow:visible}.zero{stroke:#1c2127;stroke-width:1.5}"
    ".margin{stroke:#a8281e;stroke-width:1.5;stroke-dasharray:4 3}.trivial{fill:#e9edf2}.outer{opacity:.35}"
    ".inner{opacity:.75}.good{fill:#1a6f3c}.bad{fill:#a8281e}.open{fill:#4a5a70}";

/// Drawings with the place that each takes.
class Sheet {
 public:
  void text(int x, int y, std::string_view words, std::string_view css_class = "") {
    content_ +=
        element("text", {{"x", std::to_string(x)}, {"y", std::to_string(y)}, {"class", std::string(css_class)}}, words);
  }
  void place(int x, int y, int width, int height, const Markup& drawing) {
    content_ += element("svg",
                        {{"x", std::to_string(x)},
                         {"y", std::to_string(y)},
                         {"width", std::to_string(width)},
                         {"height", std::to_string(height)}},
                        drawing);
  }

  /// The document, so high; `about` says what it shows.
  [[nodiscard]] std::string document(int height, std::string_view about) const {
    const Attributes attributes{{"xmlns", "http://www.w3.org/2000/svg"},
                                {"width", std::to_string(kWidth)},
                                {"height", std::to_string(height)},
                                {"viewBox", fmt::format("0 0 {} {}", kWidth, height)},
                                {"role", "img"}};
    const auto ground = empty_element("rect", {{"width", "100%"}, {"height", "100%"}, {"fill", "#fff"}});
    return element("svg", attributes,
                   element("title", {}, about) + Markup{fmt::format("<style>{}</style>", kColours)} + ground + content_)
               .text +
           "\n";
  }

 private:
  Markup content_;
};

/// The finished document, its drawings ending at `y`.
std::string finished(Sheet& sheet, const Report& report, int y, const std::string& what, std::string_view data_up_to) {
  const auto headline = verdict_text(report).headline;
  sheet.text(kMargin, 32, headline, "title");
  sheet.text(kMargin, 54, y == kTitleRoom ? "There is nothing to draw yet." : what, "soft");
  sheet.text(kMargin, y + kFootRoom - 14, fmt::format("Touchstone, {}, data up to {}", report.experiment, data_up_to),
             "soft");
  return sheet.document(y + kFootRoom, fmt::format("{}. {}", headline, what));
}

void add_row(Sheet& sheet, const Row& row, const Report& report, const Axis& axis, int y) {
  const auto change = deciding_change(row, report.plan);
  sheet.text(kMargin, y + 12, row.metric, "strong");
  sheet.text(kMargin, y + 28, row.variant + ": " + conclusion_text(row.conclusion), "soft");
  sheet.place(kMargin + kNames, y, kDrawing, 28, draw_row(row, report, axis));
  sheet.text(kWidth - kMargin - kChanges, y + 12, change_words(change), "strong");
  sheet.text(kWidth - kMargin - kChanges, y + 28, change.range(), "soft");
}

std::string changes_svg(const Report& report, std::string_view data_up_to) {
  const auto axis = shared_axis(report);
  Sheet sheet;
  int y = kTitleRoom;
  for (const Row& row : report.results) {
    if (row.status != "ok") continue;
    add_row(sheet, row, report, axis, y);
    y += kRowRoom;
  }
  if (y > kTitleRoom) {
    sheet.place(kMargin + kNames, y - 8, kDrawing, 18, draw_ticks(axis, 100, " %", 4, "ticks"));
    y += 18;
  }
  return finished(sheet, report, y, fmt::format("What changed, with {}s", interval_name(report.plan)), data_up_to);
}

std::string certainty_svg(const Report& report, std::string_view data_up_to) {
  Sheet sheet;
  int y = kTitleRoom;
  for (const Row* row : certain_goals(report)) {
    const auto drawn = draw_certainty(*row, report, 50);
    const int below = y + 24 + drawn.height;
    sheet.text(kMargin, y + 12, row->metric + " with " + row->variant, "strong");
    sheet.place(kMargin, y + 24, kWidth - 2 * kMargin, drawn.height, drawn.dots);
    sheet.place(kMargin, below, kWidth - 2 * kMargin, 18, drawn.ticks);
    sheet.text(kMargin, below + 38, drawn.sentence);
    y = below + 58;
  }
  return finished(sheet, report, y, "How sure are we? " + certainty_legend(report), data_up_to);
}

}  // namespace

std::string chart_svg(const Report& report, Chart chart, std::string_view data_up_to) {
  return chart == Chart::changes ? changes_svg(report, data_up_to) : certainty_svg(report, data_up_to);
}

}  // namespace touchstone::page
