#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "service/api/call.hpp"
#include "service/api/live_board.hpp"
#include "service/app/exposures.hpp"
#include "service/app/scheduler.hpp"
#include "service/fast/doorbell.hpp"
#include "service/fast/fast_lane.hpp"
#include "service/http/route.hpp"
#include "service/http/server.hpp"

namespace touchstone::api {

struct FrontOptions {
  bool tls = false;                         ///< what browsers are given to keep is for encrypted connections alone
  Truths truths{};                          ///< of a simulated directory
  std::uint32_t rate_limit = 200'000;       ///< evaluations and bodies of events per second and key; 0: any number
  std::uint32_t slow_rate_limit = 5'000;    ///< everything else per second and key; 0: any number
  std::vector<std::string> cors_origins{};  ///< see check_origins
  std::uint32_t streams_per_key = 10'000;   ///< open at once, per key, and by tokens of an environment; 0: any number
  std::chrono::milliseconds heartbeat{15'000};  ///< of streams in which nothing happens
  std::chrono::milliseconds live_pace{500};     ///< between two looks at an experiment to whom somebody listens
  std::size_t live_streams = 500;               ///< that listen to experiments at once
  std::chrono::milliseconds past_pace{100};     ///< until a look at what was says how far it is
  std::size_t past_streams = 16;                ///< that wait for experiments as they were, at once
  bool keeps_schedules = true;                  ///< starts and stops experiments when they are due
  std::string growthbook_key{};  ///< base64 of 16 bytes that encrypt what GrowthBook's SDKs load; empty: it is plain
  bool growthbook_sticky_buckets = false;  ///< those SDKs have a StickyBucketService
  bool demo = false;                       ///< a setup link lets its reader in without a password
  std::size_t hash_queue = 16;             ///< passwords that may wait to be hashed
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

  /// The server that carries the routes: /metrics reads its counters, and its streams are woken by what is published.
  /// Before it starts; it must outlive the service's last change.
  void serve_over(http::Server& server);

  /// Ends what was begun, and carries the exposures that are left. After the server has stopped, before the service
  /// does.
  void stop();

 private:
  fast::Doorbell doorbell_;
  fast::FastLane lane_;
  app::ExposureCarrier carrier_;
  LiveBoard live_;
  LiveBoard past_;
  app::Scheduler scheduler_;
  bool keeps_schedules_;
  app::Service* service_;
  std::vector<std::string> origins_;
  Context context_;
};

}  // namespace touchstone::api
