#pragma once

#include <cstdint>
#include <vector>

#include "assign/result.hpp"
#include "service/app/service.hpp"

namespace touchstone::app {

struct Replayed {
  std::uint64_t id = 0;
  storage::ItemVerdict verdict;
};

/// Sends events from quarantine again, each with its own identity and taking effect `earlier` than it said: those that
/// are now stored, or were, leave quarantine; what still lies too far ahead stays. An interrupted replay may be
/// repeated. `ids` empty: the first thousand. Errors: not_found for an id that is not there, and nothing was sent then;
/// unavailable.
[[nodiscard]] Result<std::vector<Replayed>> replay_quarantined(Service& service, std::uint32_t environment,
                                                               const std::vector<std::uint64_t>& ids, Micros earlier);

}  // namespace touchstone::app
