#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "service/judge/report.hpp"
#include "service/page/html.hpp"

/// How sure the change of a goal is, as dots.
namespace touchstone::page {

/// The rows of goals whose range is bounded; none where the data may not be used.
[[nodiscard]] std::vector<const judge::Row*> certain_goals(const judge::Report& report);
/// Whether the range of a goal's change has two ends to draw between.
[[nodiscard]] bool bounded(const judge::Row& row, const judge::JudgedPlan& plan);

/// "purchase: 19 of 20 equally likely outcomes are better than today."
[[nodiscard]] std::string certainty_sentence(const judge::Row& row, const judge::Report& report);
[[nodiscard]] std::string certainty_legend(const judge::Report& report);

struct DrawnCertainty {
  Markup dots;
  int height = 0;  ///< of the dots
  Markup ticks;
  std::string sentence;
};
/// Precondition: the row is bounded.
[[nodiscard]] DrawnCertainty draw_certainty(const judge::Row& row, const judge::Report& report, std::size_t dots);

}  // namespace touchstone::page
