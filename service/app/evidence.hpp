#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>

#include "service/app/agreements.hpp"
#include "service/judge/aggregates.hpp"
#include "service/judge/report.hpp"
#include "storage/event.hpp"

namespace touchstone::app {

/// The live view of an environment's events, shared: the writer thread adds what it committed, reports read. Whoever
/// was answered after an acknowledged batch sees that batch.
class Evidence {
 public:
  /// Adds committed events. On the writer thread, before the answers.
  void apply(std::span<const storage::StoredEvent> events);

  /// The experiment as it is judged from now on.
  void put(const JudgeableExperiment& experiment);

  /// Nothing where the experiment was never put.
  [[nodiscard]] std::optional<judge::Report> report(std::string_view experiment, const judge::Asked& asked);

  [[nodiscard]] std::size_t units() const;

  /// Grows with everything that a report could show.
  [[nodiscard]] std::uint64_t version() const;

 private:
  mutable std::mutex mutex_;
  judge::Aggregates aggregates_;
  std::uint64_t version_ = 0;
};

}  // namespace touchstone::app
