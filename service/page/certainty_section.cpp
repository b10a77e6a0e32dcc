#include "service/page/certainty.hpp"
#include "service/page/deciding.hpp"
#include "service/page/sections.hpp"

namespace touchstone::page {
namespace {

using judge::Report;
using judge::Row;

Markup plot_of(const Row& row, const Report& report, std::size_t dots, std::string_view css_class) {
  const auto drawn = draw_certainty(row, report, dots);
  return element("div", {{"class", std::string(css_class)}}, drawn.dots + drawn.ticks);
}

Markup part_of(const Row& row, const Report& report) {
  const auto title =
      element("h3", {}, element("bdi", {}, row.metric) + text_node(" with ") + element("bdi", {}, row.variant));
  if (is_strict(report.plan.method))
    return title + element("p", {}, "A strict plan tells which way a change goes, and not how large it is.");
  if (!bounded(row, report.plan))
    return title + element("p", {}, "The range of the change is still open on one side: more data are needed.");
  return title + plot_of(row, report, 50, "wide") + plot_of(row, report, 20, "phone") +
         element("p", {}, certainty_sentence(row, report));
}

}  // namespace

Markup certainty_section(const Report& report) {
  if (report.verdict.code == "do_not_trust") return {};
  Markup parts;
  for (const auto& row : report.results)
    if (row.role == storage::MetricRole::goal && row.status == "ok") parts += part_of(row, report);
  if (parts.text.empty()) return {};
  return titled_section("certainty", "How sure are we?",
                        parts + element("p", {{"class", "soft"}}, certainty_legend(report)));
}

}  // namespace touchstone::page
