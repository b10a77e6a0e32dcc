#include "storage/experiment.hpp"

namespace touchstone::storage {

std::string_view name_of(ExperimentState state) noexcept {
  switch (state) {
    case ExperimentState::draft:
      return "draft";
    case ExperimentState::running:
      return "running";
    case ExperimentState::paused:
      return "paused";
    case ExperimentState::stopped:
      return "stopped";
    case ExperimentState::archived:
      return "archived";
  }
  return "unknown";
}

}  // namespace touchstone::storage
