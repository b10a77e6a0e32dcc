#include "service/page/weeks_text.hpp"

#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "service/page/number_text.hpp"

namespace touchstone::page {
namespace {

std::string plural(double count, std::string_view one) {
  return fmt::format("{} {}{}", grouped(static_cast<std::uint64_t>(count)), one, count == 1 ? "" : "s");
}

/// "2 whole weeks", "2 whole weeks and 3 days"
std::string span_text(double weeks, double beyond) {
  auto text = plural(weeks, "whole week");
  return beyond > 0 ? text + " and " + plural(beyond, "day") : text;
}

std::string_view evenness_text(double beyond, bool over) {
  if (beyond == 0) return " Every day of the week counts alike.";
  if (over) return " Over so many weeks every day of the week counts nearly alike.";
  return " Let it end with a whole week, so that every day of the week counts alike.";
}

}  // namespace

Words whole_weeks(const judge::Check& check, const judge::Report&) {
  const double weeks = figure_of(check, "weeks").value_or(0);
  const double beyond = figure_of(check, "days_beyond").value_or(0);
  const bool over = figure_of(check, "over").value_or(0) > 0;
  if (weeks < 1)
    return {"no whole week",
            fmt::format("Units {} over {}, which is no whole week: customers differ by the day of the week, and not "
                        "every day is in these figures.",
                        over ? "entered" : "have entered", plural(beyond, "day"))};
  if (!fine(check))
    return {plural(weeks, "week") + " and " + plural(beyond, "day"),
            fmt::format("Units entered over {}: some days of the week count more than others, and customers differ by "
                        "the day of the week.",
                        span_text(weeks, beyond))};
  return {plural(weeks, "whole week"), fmt::format("Units {} over {}.{}", over ? "entered" : "have entered",
                                                   span_text(weeks, beyond), evenness_text(beyond, over))};
}

}  // namespace touchstone::page
