#include "service/page/sections.hpp"

namespace touchstone::page {
namespace {

Markup link(std::string_view target, std::string_view text) {
  return element("a", {{"href", std::string(target)}}, text);
}

Markup revealed(const PlantedTruth& truth, const PageStyle& style) {
  auto content = element("p", {}, truth.what) + element("p", {{"class", "soft"}}, truth.lesson);
  if (!style.self_contained) content += element("p", {{"class", "toggle"}}, link("?", "Hide the truth"));
  return titled_section("truth", "Simulated truth", content);
}

}  // namespace

/// A link and no script switches it; a file, which has nothing to switch with, holds it or does not.
Markup truth_section(const ReportHeading& heading, const PageStyle& style) {
  if (!heading.truth) return {};
  if (style.reveal) return revealed(*heading.truth, style);
  if (style.self_contained) return {};
  const auto text = text_node("These customers are simulated. ");
  return element("p", {{"class", "toggle"}}, text + link("?truth#truth", "Show what was planted"));
}

}  // namespace touchstone::page
