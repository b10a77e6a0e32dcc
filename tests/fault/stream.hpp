#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/e2e/judged.hpp"

namespace touchstone::e2e {

/// Events of one body.
inline constexpr std::size_t kBatch = 20;

/// How often a fault is made: TOUCHSTONE_FAULT_ROUNDS, or a few.
std::size_t rounds();
/// TOUCHSTONE_FAULT_SEED, or a fixed one.
std::uint64_t fault_seed();

/// Exposures and purchases of the experiment "kill", each event another.
std::vector<std::string> events_to_send(std::size_t bodies);
void agree_on_experiment(Service& service);

/// Events that the report says are stored.
std::size_t stored(Service& service);
/// The result of an undisturbed service that got the same bodies.
std::string undisturbed_digest(const std::vector<std::string>& bodies);

/// Sends bodies, one after the other, until one is not acknowledged. Counts those that were before the machine was off.
void send_until_cut(Service& service, const std::vector<std::string>& bodies, std::atomic<std::size_t>& acknowledged,
                    const std::atomic<bool>& off);

}  // namespace touchstone::e2e
