#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "service/simulate/planted.hpp"
#include "storage/event.hpp"
#include "storage/time.hpp"

namespace touchstone::simulate {

/// A seeded shop: the same options give the same customers and, for the same assignments, the same events.
struct ShopOptions {
  std::uint64_t seed = 7;
  std::uint32_t customers = 50'000;
  Time opens{};  ///< start of the simulated period
  std::uint32_t days = 90;
};

struct Customer {
  std::uint32_t number = 0;
  std::string id;
  std::string_view country;
  std::string_view loyalty;  ///< "new", "returning", "loyal"
  Time arrives{};
};

[[nodiscard]] Customer customer(const ShopOptions& options, std::uint32_t number);

[[nodiscard]] Time ends(const ShopOptions& options);
/// When a planted experiment begins.
[[nodiscard]] Time begins(const ShopOptions& options, const Planted& planted);

/// What a customer sees of each planted experiment, in the order of planted_experiments().
enum class Seen : std::uint8_t { nothing, control, treatment };
using Sees = std::function<Seen(std::size_t experiment)>;

/// Appends all that one customer does in the season: exposures (the first meeting of each experiment), visits, product
/// views, baskets, purchases, answers, refunds, return visits, goodbyes, along the journey awareness -> consideration
/// -> purchase -> after the purchase. Every event has an id of its own.
void live(const ShopOptions& options, const Customer& who, const Sees& sees, storage::EventBatch& into);

/// Appends one visit, from the customer's arrival on and within a second.
void visit(const ShopOptions& options, const Customer& who, const Sees& sees, storage::EventBatch& into);

}  // namespace touchstone::simulate
