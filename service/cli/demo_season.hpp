#pragma once

#include <cstdint>
#include <functional>

#include "assign/result.hpp"
#include "service/cli/shop_client.hpp"
#include "service/simulate/shop.hpp"

namespace touchstone::cli {

/// A season of the simulated shop, played through the HTTP API as clients do it: agree on metrics and experiments, ask
/// which variant each customer sees, send what the customer does, stop what is over.
class DemoSeason {
 public:
  /// `client` needs an admin key.
  DemoSeason(ShopClient client, const simulate::ShopOptions& shop) : client_(std::move(client)), shop_(shop) {}

  /// Creates and starts the planted experiments, back-dated to the day on which each begins.
  [[nodiscard]] Status agree();

  /// Lets every customer live and sends all events; `progress` is told how many customers have lived.
  /// Returns the number of events stored.
  [[nodiscard]] Result<std::uint64_t> play(const std::function<void(std::uint32_t)>& progress);

  /// Stops the experiments that are over, as of the end of the season.
  [[nodiscard]] Status close();

 private:
  [[nodiscard]] Status agree_on(const simulate::Planted& planted);

  ShopClient client_;
  simulate::ShopOptions shop_;
};

}  // namespace touchstone::cli
