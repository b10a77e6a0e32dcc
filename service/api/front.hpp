#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "service/api/call.hpp"
#include "service/app/exposures.hpp"
#include "service/fast/doorbell.hpp"
#include "service/fast/fast_lane.hpp"
#include "service/http/counters.hpp"
#include "service/http/route.hpp"

namespace touchstone::api {

struct FrontOptions {
  bool tls = false;                         ///< what browsers are given to keep is for encrypted connections alone
  Truths truths{};                          ///< of a simulated directory
  std::uint32_t rate_limit = 200'000;       ///< evaluations and bodies of events per second and key; 0: any number
  std::uint32_t slow_rate_limit = 5'000;    ///< everything else per second and key; 0: any number
  std::vector<std::string> cors_origins{};  ///< see check_origins
};

/// Everything between a server and a service: fast lane, routes, and the carrier of the exposures that evaluation
/// leaves behind.
class Front {
 public:
  /// For a server with so many event loops. `service` must outlive it.
  Front(app::Service& service, unsigned loops, FrontOptions options = {});

  /// For the server; they work on this object.
  [[nodiscard]] std::vector<http::Route> routes();
  [[nodiscard]] static http::ErrorBody error_body();

  /// Where /metrics reads the server's counters.
  void watch(std::function<http::Counters()> counters) { context_.counters = std::move(counters); }

  /// Carries the exposures that are left. After the server has stopped, before the service does.
  void stop() { carrier_.stop(); }

 private:
  fast::Doorbell doorbell_;
  fast::FastLane lane_;
  app::ExposureCarrier carrier_;
  std::vector<std::string> origins_;
  Context context_;
};

}  // namespace touchstone::api
