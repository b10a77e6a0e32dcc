#pragma once

#include <cstdint>
#include <functional>

#include "assign/result.hpp"
#include "service/http/client.hpp"
#include "service/simulate/shop.hpp"

namespace touchstone::cli {

/// A season of the simulated shop, played through the HTTP API as clients do it: agree on metrics and experiments, ask
/// which variant each customer sees, send what the customer does.
class DemoSeason {
 public:
  /// `key` is an admin key. The client must reach the service that issued it.
  DemoSeason(http::Client client, std::string key, const simulate::ShopOptions& shop);

  /// Creates and starts the planted experiments, back-dated to the day on which the shop opens.
  [[nodiscard]] Status agree();

  /// Lets every customer live and sends all events; `progress` is told how many customers have lived.
  /// Returns the number of events stored.
  [[nodiscard]] Result<std::uint64_t> play(const std::function<void(std::uint32_t)>& progress);

 private:
  [[nodiscard]] Result<std::string> post(std::string target, std::string body);
  [[nodiscard]] Result<std::uint64_t> treatments(const simulate::Customer& who);
  [[nodiscard]] Status send(storage::EventBatch& batch);

  http::Client client_;
  std::string key_;
  simulate::ShopOptions shop_;
  std::uint64_t stored_ = 0;
};

}  // namespace touchstone::cli
