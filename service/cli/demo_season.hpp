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
  /// Each connection needs an admin key.
  using Connect = std::function<ShopClient()>;
  DemoSeason(Connect connect, const simulate::ShopOptions& shop)
      : connect_(std::move(connect)), client_(connect_()), shop_(shop) {}

  /// Creates and starts the planted experiments, back-dated to the day on which each begins.
  [[nodiscard]] Status agree();

  /// Lets every customer live and sends all events, over several connections, so that one lives while another waits
  /// for the disk. `progress` is told how many customers have lived, one call at a time.
  /// Returns the number of events stored.
  [[nodiscard]] Result<std::uint64_t> play(const std::function<void(std::uint32_t)>& progress);

  /// Stops the experiments that are over, as of the end of the season.
  [[nodiscard]] Status close();

 private:
  class Turn;

  [[nodiscard]] Status agree_on(const simulate::Planted& planted);
  [[nodiscard]] Result<std::uint64_t> play_in_turn(Turn& turn) const;

  Connect connect_;
  ShopClient client_;
  simulate::ShopOptions shop_;
};

}  // namespace touchstone::cli
