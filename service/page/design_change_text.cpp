#include "service/page/design_change_text.hpp"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "service/page/course_drawing.hpp"

namespace touchstone::page {
namespace {

std::string shares_text(const std::vector<double>& shares) {
  std::vector<std::string> parts;
  for (const double share : shares) parts.push_back(fmt::format("{:.4g} %", 100 * share));
  return fmt::format("{}", fmt::join(parts, " : "));
}

std::string what(const judge::DesignChange& change) {
  switch (change.of) {
    case judge::ChangeOf::split:
      return fmt::format("the split of the variants, {} → {}", shares_text(change.before), shares_text(change.after));
    case judge::ChangeOf::coverage:
      return fmt::format("how many take part, {} → {}", shares_text(change.before), shares_text(change.after));
    case judge::ChangeOf::enrolment:
      return change.after.front() > 0 ? "new units enter again" : "no new units enter from then on";
    case judge::ChangeOf::audience:
      return "who may take part, or who keeps what was met";
    case judge::ChangeOf::pause:
      break;
  }
  return change.until ? "paused until " + date_text(*change.until) : "paused";
}

}  // namespace

std::string design_change_text(const judge::DesignChange& change) {
  return fmt::format("{}: {}", date_text(change.at), what(change));
}

}  // namespace touchstone::page
