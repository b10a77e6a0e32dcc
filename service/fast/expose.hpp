#pragma once

#include <cstdint>

#include "assign/decision.hpp"
#include "assign/instant.hpp"
#include "service/codec/evaluate_json.hpp"
#include "service/fast/doorbell.hpp"
#include "service/fast/worker.hpp"

namespace touchstone::fast {

[[nodiscard]] assign::Instant now() noexcept;

/// Hands the exposure of a single decision over, unless it was handed over lately or somebody else reports it.
[[nodiscard]] codec::ExposureOutcome expose(Worker& worker, Doorbell& doorbell, std::uint32_t environment,
                                            std::int64_t config_version, const assign::Decision& decision);

}  // namespace touchstone::fast
