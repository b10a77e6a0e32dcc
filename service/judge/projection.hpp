#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "stats/lifetime_value/buying.hpp"
#include "stats/lifetime_value/spending.hpp"

/// What customers will be worth, from what they bought so far: BG/NBD for how often, Gamma-Gamma for how much. A model,
/// not a test: whether one variant's customers are worth more is for a metric of kind lifetime_value to say.
namespace touchstone::judge {

struct Purchase {
  std::int64_t day = 0;  ///< days since any one day
  double amount = 0;
};

/// All purchases of one customer, in any order; those of a day are one.
using Purchases = std::vector<Purchase>;

struct ProjectionTerms {
  std::int64_t until = 0;  ///< the last day that is known; later purchases only check the projection
  int days = 364;          ///< to look ahead
};

struct Projection {
  std::size_t customers = 0;  ///< who bought by then
  std::size_t repeaters = 0;  ///< of them, who bought on another day
  std::uint64_t purchases = 0;
  double spent = 0;
  stats::BuyingFit buying;           ///< time in weeks
  stats::SpendingFit spending;       ///< of purchases after the first; insufficient_data where the table has no amounts
  double active = stats::undefined;  ///< customers who still are, expected
  double expected_purchases = stats::undefined;  ///< of all of them in the days ahead
  double expected_spend = stats::undefined;
  std::optional<std::uint64_t> came;  ///< purchases of them in those days, where the table goes on that far
  std::optional<double> came_spent;
};

/// `last_day` is the last of the table, over all variants.
[[nodiscard]] Projection project(std::span<const Purchases> customers, const ProjectionTerms& terms,
                                 std::int64_t last_day);

}  // namespace touchstone::judge
