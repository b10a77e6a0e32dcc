#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "service/cli/shop_client.hpp"
#include "service/simulate/shop.hpp"

namespace touchstone::cli {

/// New customers who visit the simulated shop now, one after the other, for as long as the object lives.
class DemoTraffic {
 public:
  /// Numbers from `first` on must belong to nobody yet. Ends quietly where the service answers no more.
  DemoTraffic(ShopClient client, const simulate::ShopOptions& shop, std::uint32_t first);
  ~DemoTraffic();
  DemoTraffic(const DemoTraffic&) = delete;
  DemoTraffic& operator=(const DemoTraffic&) = delete;

 private:
  void run();
  [[nodiscard]] Status serve(std::uint32_t number);
  [[nodiscard]] bool rest();

  ShopClient client_;
  simulate::ShopOptions shop_;
  std::uint32_t next_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace touchstone::cli
