#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "assign/result.hpp"
#include "service/http/client.hpp"
#include "service/simulate/shop.hpp"

namespace touchstone::cli {

/// The simulated shop's own server, as a client of the HTTP API.
class ShopClient {
 public:
  /// The client must reach the service that issued the key.
  ShopClient(http::Client client, std::string key) : client_(std::move(client)), key_(std::move(key)) {}

  /// What each customer sees of each planted experiment, asked in one go: a few dozen customers at a time.
  using Sights = std::vector<simulate::Seen>;
  [[nodiscard]] Result<std::vector<Sights>> ask(std::span<const simulate::Customer> customers);

  /// Sends all events and empties the batch. Returns the number of events stored.
  [[nodiscard]] Result<std::uint64_t> send(storage::EventBatch& batch);

  /// The body of the answer; an error where the status is not 2xx.
  [[nodiscard]] Result<std::string> post(const std::string& target, std::string body);

 private:
  [[nodiscard]] http::ClientRequest request(const std::string& target, std::string body) const;

  http::Client client_;
  std::string key_;
};

}  // namespace touchstone::cli
