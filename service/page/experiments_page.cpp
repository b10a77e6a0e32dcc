#include "service/page/experiments_page.hpp"

#include "service/page/frame.hpp"
#include "service/page/icon.hpp"
#include "service/page/number_text.hpp"
#include "service/page/verdict_text.hpp"

namespace touchstone::page {
namespace {

Markup verdict_of(const ListedExperiment& experiment) {
  if (experiment.report == nullptr) return {};
  const auto text = verdict_text(*experiment.report);
  return element("span", {{"class", "headline"}},
                 verdict_icon(experiment.report->verdict.code) + text_node(" " + text.headline));
}

std::string status_of(const ListedExperiment& experiment) {
  if (experiment.report == nullptr) return experiment.state;
  return experiment.state + ", " + grouped(experiment.report->counts.units) + " units";
}

Markup item_of(const ListedExperiment& experiment) {
  const auto name = experiment.name.empty() ? experiment.key : experiment.name;
  return element("li", {},
                 element("a", {{"href", "/experiments/" + experiment.key}},
                         element("bdi", {{"class", "name"}}, name) + verdict_of(experiment) +
                             element("span", {{"class", "soft"}}, status_of(experiment))));
}

Markup list_of(std::span<const ListedExperiment> experiments) {
  if (experiments.empty()) return element("p", {}, "None yet.");
  Markup items;
  for (const auto& experiment : experiments) items += item_of(experiment);
  return element("ul", {{"class", "list"}}, items);
}

}  // namespace

std::string experiments_page(std::span<const ListedExperiment> experiments, bool editor) {
  Markup links;
  if (editor) links += element("a", {{"href", "/console/new"}}, "New experiment") + text_node(" · ");
  const auto further = element("p", {{"class", "toggle"}}, links + element("a", {{"href", "/console"}}, "Console"));
  return framed("Experiments",
                element("section", {}, element("h1", {}, "Experiments") + further + list_of(experiments)));
}

}  // namespace touchstone::page
