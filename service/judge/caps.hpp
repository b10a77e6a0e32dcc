#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "service/judge/cells.hpp"
#include "storage/experiment.hpp"
#include "storage/metric.hpp"

namespace touchstone::judge {

class Study;

/// What a cap by percentile came to, and what it hides.
struct Capped {
  std::size_t metric = 0;             ///< index into the plan's metrics
  std::optional<std::int64_t> cap;    ///< as an amount; nothing: there was none to rank
  std::vector<stats::Sums> uncapped;  ///< by phase, then variant
  std::vector<std::int64_t> above;    ///< likewise: units whose amount was cut

  friend bool operator==(const Capped&, const Capped&) = default;
};

/// The smallest of the amounts that at least `percentile` of a hundred of them do not exceed: the one of rank
/// ceil(n percentile/100), counted in whole thousandths of a percent. Reorders them. Nothing where there are none.
[[nodiscard]] std::optional<std::int64_t> at_percentile(std::vector<std::int64_t>& amounts, double percentile);

/// Cuts amounts in `cells`, those of the study, at each metric's percentile of all units that count, of all arms and
/// phases: so it cannot favour an arm. Of metrics that wait for windows only units rank whose windows have closed by
/// `now`, the clock of the data.
///
/// Amounts are whole numbers and the rank knows no order, so the cells are the same to the bit for the same set of
/// events. It takes two looks at all records, and 8 bytes a unit while it lasts.
[[nodiscard]] std::vector<Capped> cap_by_percentile(const Study& study, std::optional<Time> now, Cells& cells);

}  // namespace touchstone::judge
