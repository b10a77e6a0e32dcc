#include "service/page/run_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "service/page/number_text.hpp"

namespace touchstone::page {
namespace {

double count_of(const judge::Check& check, std::string_view name) { return figure_of(check, name).value_or(0); }

/// "12,300 of 30,000 units", "9.5 of 21 days"
std::string reached_text(const judge::Check& check) {
  std::vector<std::string> parts;
  if (const auto planned = figure_of(check, "planned_units"))
    parts.push_back(fmt::format("{} of {} units", grouped(static_cast<std::uint64_t>(count_of(check, "units"))),
                                grouped(static_cast<std::uint64_t>(*planned))));
  if (const auto planned = figure_of(check, "planned_days"))
    parts.push_back(fmt::format("{} of {} days", decimal(count_of(check, "days"), 0), decimal(*planned, 0)));
  return fmt::format("{}", fmt::join(parts, ", and "));
}

/// Never "100 %" of what is not reached.
std::string percent_reached(double share) { return fmt::format("{:.0f} %", std::floor(100 * share)); }

struct Kind {
  std::string_view figure;
  std::string_view words;
};
constexpr std::array kKinds{
    Kind{"split", "the split of the variants"}, Kind{"coverage", "the share of customers that take part"},
    Kind{"audience", "who may take part, or keeps what was met"}, Kind{"enrolment", "whether new units enter"}};

std::string times(double count) { return count == 1 ? "once" : fmt::format("{:.0f} times", count); }

/// "the split of the variants once; it was paused twice"
std::vector<std::string> changed_parts(const judge::Check& check) {
  std::vector<std::string> parts;
  for (const Kind& kind : kKinds)
    if (const double count = count_of(check, kind.figure); count > 0)
      parts.push_back(fmt::format("{} was changed {}", kind.words, times(count)));
  if (const double pauses = count_of(check, "pause"); pauses > 0)
    parts.push_back(fmt::format("it was paused {}", times(pauses)));
  return parts;
}

}  // namespace

Words planned_size(const judge::Check& check, const judge::Report&) {
  if (!check.value)
    return {"no size planned", "Planned size: the plan names neither a number of units nor a last day.", true};
  if (*check.value >= 1) return {"planned size", fmt::format("Planned size: reached ({}).", reached_text(check))};
  const auto percent = percent_reached(*check.value);
  if (count_of(check, "over") == 0)
    return {percent + " of planned size", fmt::format("Planned size: {} so far.", reached_text(check)), true};
  if (fine(check))
    return {"ended at " + percent + " of its size",
            fmt::format("Planned size: it ended after {}, as its plan allows at any time.", reached_text(check)), true};
  return {"ended at " + percent + " of its size",
          fmt::format("Planned size: it ended after {}. Its plan looks once, at the planned size: what shows before "
                      "then is not what was agreed.",
                      reached_text(check))};
}

Words silence(const judge::Check& check, const judge::Report&) {
  if (fine(check)) return {"events arrive", "The events that are measured arrive from those who entered last, too."};
  return {check.metric + " is silent",
          fmt::format("{}: nothing is heard of the {} units that entered last, over {} hours, where one in {} did it "
                      "before. Do its events still arrive?",
                      check.metric, grouped(static_cast<std::uint64_t>(count_of(check, "units"))),
                      decimal(count_of(check, "hours"), 0), decimal(std::max(1.0, count_of(check, "before")), 0))};
}

Words mid_flight_change(const judge::Check& check, const judge::Report&) {
  const auto parts = changed_parts(check);
  if (parts.empty())
    return {"no change in mid-flight", "It ran as it had begun: split, audience and share of customers stayed."};
  const auto told = fmt::format("While it ran, {}.", fmt::join(parts, "; "));
  if (fine(check)) return {"split and audience kept", told + " The variants were compared alike all the time."};
  return {"changed in mid-flight",
          told +
              " Groups are compared within the stretches between changes, so that no change passes for an effect; "
              "but the stretches may be of different customers."};
}

}  // namespace touchstone::page
