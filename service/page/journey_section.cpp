#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "service/page/conclusion_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/journey_text.hpp"
#include "service/page/row_cells.hpp"
#include "service/page/sections.hpp"

namespace touchstone::page {
namespace {

using judge::Report;
using judge::Row;
using storage::JourneyStage;

constexpr std::array kStages{JourneyStage::awareness, JourneyStage::consideration, JourneyStage::purchase,
                             JourneyStage::post_purchase};

std::string words_of(const Row& row, const Report& report) {
  if (row.status != "ok") return "not computable yet";
  return fmt::format("{} {}", conclusion_text(row.conclusion), change_words(deciding_change(row, report.plan)));
}

Markup line_of(std::size_t index, const Report& report, bool several) {
  const Row& row = report.results[index];
  auto name = element("bdi", {}, row.metric);
  if (several) name += text_node(", ") + element("bdi", {}, row.variant);
  return element("p", {},
                 element("a", {{"href", "#" + row_anchor(index)}}, name) + empty_element("br", {}) +
                     element("span", {{"class", tone_class(row, report)}}, words_of(row, report)));
}

bool parts_here(const Report& report, const Stages& stages, JourneyStage stage) {
  return report.verdict.code != "do_not_trust" &&
         std::ranges::any_of(report.plan.variants, [&](const judge::PlannedVariant& variant) {
           return parts_at(report, stages, variant.key) == stage;
         });
}

Markup stage_item(JourneyStage stage, const Report& report, const Stages& stages) {
  const bool several = report.plan.variants.size() > 2;
  Markup lines;
  for (std::size_t i = 0; i < report.results.size(); ++i)
    if (const auto found = stages.find(report.results[i].metric); found != stages.end() && found->second == stage)
      lines += line_of(i, report, several);
  if (lines.text.empty()) lines = element("p", {{"class", "soft"}}, "no measure of this plan");
  const auto css = parts_here(report, stages, stage) ? Attributes{{"class", "parts"}} : Attributes{};
  return element("li", css, element("h3", {}, stage_text(stage)) + lines);
}

/// Of the metrics that have rows.
std::size_t stages_met(const Report& report, const Stages& stages) {
  std::set<JourneyStage> met;
  for (const Row& row : report.results)
    if (const auto found = stages.find(row.metric); found != stages.end()) met.insert(found->second);
  return met.size();
}

}  // namespace

Markup journey_section(const Report& report, const Stages& stages) {
  if (stages_met(report, stages) < 2) return {};
  const bool distrusted = report.verdict.code == "do_not_trust";
  Markup items;
  for (const JourneyStage stage : kStages) items += stage_item(stage, report, stages);
  auto content = element("ol", {{"class", "journey"}}, items);
  if (!distrusted)
    for (const auto& sentence : parting_sentences(report, stages)) content += element("p", {}, sentence);
  return titled_section("journey", distrusted ? "Where on the journey (not to be used)" : "Where on the journey",
                        content);
}

}  // namespace touchstone::page
