#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "service/app/schedule.hpp"
#include "service/app/service.hpp"

namespace touchstone::app {

/// Starts and stops experiments when they are due, within half a second, by the service's clock. Before a start the
/// pre-flight checks are looked at, and a start that they block, or that fails otherwise, does not happen: the
/// experiment says why. What was due while nobody served is done at once, and the history says so; a run whose end has
/// passed as well does not begin. A thread of its own.
/// Once a day, and when it starts, it lets go of events that are older than is kept (retention.hpp).
class Scheduler {
 public:
  explicit Scheduler(Service& service) : service_(service) {}

  void start();
  void stop();  ///< safe to call twice
  /// Something was agreed: what is due next may be another. From any thread.
  void look();

 private:
  void work(const std::stop_token& stop);
  /// Does what is due; then the instant of what is due next.
  [[nodiscard]] std::optional<Time> do_due();
  void carry_out(std::uint32_t environment, std::string_view key);
  /// Lets go of old events where it is time to; then the instant of the next look.
  [[nodiscard]] Time look_at_retention();
  [[nodiscard]] std::string reason_of(const Due& due) const;

  Service& service_;
  Time opened_{};                      ///< what was due before then is late
  std::optional<Time> next_let_go_{};  ///< absent: at once
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool looked_ = false;
  std::jthread thread_;
};

}  // namespace touchstone::app
