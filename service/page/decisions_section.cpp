#include <fmt/format.h>

#include "service/page/sections.hpp"

namespace touchstone::page {
namespace {

Markup entry(const LoggedDecision& decision) {
  auto content = element("p", {},
                         element("strong", {}, element("bdi", {}, decision.what)) +
                             text_node(fmt::format(" {} by ", decision.at)) + element("bdi", {}, decision.by));
  if (!decision.reason.empty()) content += element("p", {}, decision.reason);
  content +=
      element("p", {{"class", decision.against ? "soft against" : "soft"}},
              fmt::format("{} the advice of then: {}", decision.against ? "Against" : "In line with", decision.advice));
  return element("li", {}, content);
}

}  // namespace

Markup decisions_section(const ReportHeading& heading) {
  if (heading.decisions.empty()) return {};
  Markup entries;
  for (const auto& decision : heading.decisions) entries += entry(decision);
  return titled_section("decisions", "What was decided", element("ol", {{"class", "decisions"}}, entries));
}

}  // namespace touchstone::page
