#include "service/app/evidence.hpp"

namespace touchstone::app {

void Evidence::apply(std::span<const storage::StoredEvent> events) {
  const std::lock_guard lock(mutex_);
  aggregates_.apply(events);
  ++version_;
}

void Evidence::put(const JudgeableExperiment& experiment) {
  const std::lock_guard lock(mutex_);
  aggregates_.bring_current();
  aggregates_.put(experiment.experiment, experiment.metrics);
  ++version_;
}

std::optional<judge::Report> Evidence::report(std::string_view experiment, const judge::Asked& asked) {
  const std::lock_guard lock(mutex_);
  aggregates_.bring_current();
  return aggregates_.report(experiment, asked);
}

std::uint64_t Evidence::version() const {
  const std::lock_guard lock(mutex_);
  return version_;
}

std::size_t Evidence::units() const {
  const std::lock_guard lock(mutex_);
  return aggregates_.units();
}

}  // namespace touchstone::app
