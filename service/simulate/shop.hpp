#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "storage/event.hpp"
#include "storage/time.hpp"

namespace touchstone::simulate {

/// A seeded shop: the same options give the same customers and, for the same assignments, the same events.
struct ShopOptions {
  std::uint64_t seed = 7;
  std::uint32_t customers = 20'000;
  Time opens{};  ///< start of the simulated period
  std::uint32_t days = 60;
};

struct Customer {
  std::uint32_t number = 0;
  std::string id;
  std::string_view country;
  std::string_view loyalty;  ///< "new", "returning", "loyal"
  Time arrives{};
};

[[nodiscard]] Customer customer(const ShopOptions& options, std::uint32_t number);

/// Which variant a customer has in each planted experiment, in the order of planted_experiments(); true = treatment.
/// Asked for when the customer is about to meet the experiment.
using Treated = std::function<bool(std::size_t experiment)>;

/// Appends all that one customer does: exposures, visits, product views, baskets, purchases, refunds, return visits,
/// along the journey awareness -> consideration -> purchase -> after the purchase. Every event has an id of its own.
void live(const ShopOptions& options, const Customer& who, const Treated& treated, storage::EventBatch& into);

}  // namespace touchstone::simulate
