#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "service/app/agreements.hpp"
#include "service/app/sensitivity.hpp"
#include "service/app/service.hpp"

namespace touchstone::app {

/// What the events of the last 28 days before the newest one say: of every metric, and of the units that were seen.
struct LookbackFindings {
  Time made_at{};
  Time from{};  ///< of the first event that was looked at
  Time until{};
  std::string unit_type;
  double share = 1;  ///< of units that were looked at; figures are told for all
  std::uint64_t events = 0;
  judge::Traffic traffic;
  std::vector<storage::Metric> metrics;  ///< as they were defined then
  Keyed<Sensitivity> sensitivities;
  std::shared_ptr<const judge::Recent> units;  ///< without their events
};

/// Finds them when somebody asks, on a thread of its own: one environment at a time, from the journal, beside whatever
/// else is served. Limits: the last 2,000,000 events of the directory; about 200,000 units, of more of them a share.
/// Any thread may ask. `service` must outlive it.
class Lookback {
 public:
  explicit Lookback(Service& service);
  Lookback(const Lookback&) = delete;
  Lookback& operator=(const Lookback&) = delete;
  ~Lookback() = default;

  struct Answer {
    std::shared_ptr<const LookbackFindings> findings;  ///< the latest; null: none yet
    bool working = false;                              ///< on newer ones
    double progress = 0;                               ///< of them, 0 to 1
    std::string trouble;                               ///< why the last attempt found nothing
  };
  /// What is known. Where that is nothing, older than ten minutes, or about other definitions of metrics, newer
  /// findings are begun.
  [[nodiscard]] Answer ask(std::uint32_t environment);

 private:
  struct Entry {
    std::shared_ptr<const LookbackFindings> findings;
    bool working = false;
    std::string trouble;
  };

  [[nodiscard]] bool is_old(std::uint32_t environment, const Entry& entry) const;
  void work(const std::stop_token& stop);
  [[nodiscard]] Result<std::shared_ptr<const LookbackFindings>> find(std::uint32_t environment,
                                                                     const std::stop_token& stop);

  Service& service_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::uint32_t> waiting_;
  std::map<std::uint32_t, Entry> entries_;
  std::atomic<double> progress_ = 0;  ///< of the environment that is worked on
  std::jthread thread_;
};

}  // namespace touchstone::app
