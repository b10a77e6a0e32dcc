#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "assign/result.hpp"
#include "sdk/wire/backoff.hpp"
#include "service/cli/client.hpp"
#include "service/codec/event_json.hpp"

namespace touchstone::cli {

/// What the service says of one body of events.
struct Delivered {
  std::uint64_t stored = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t conflict = 0;  ///< of the duplicates
  std::uint64_t quarantined = 0;
  std::vector<codec::RefusedItem> refused;
};

/// Sends bodies of events, each until it is acknowledged: what may pass (no answer, 429, 5xx) is tried again, with
/// jitter and never before a Retry-After is over.
class EventSender {
 public:
  /// Gives up on a body after `patience`. The client must outlive it.
  EventSender(OperatorClient& client, std::chrono::microseconds patience, std::uint64_t seed);

  /// Errors: what the service refuses for good, or said last; unavailable where it may be tried later.
  [[nodiscard]] Result<Delivered> send(const std::string& body);

 private:
  OperatorClient* client_;
  std::chrono::microseconds patience_;
  wire::Backoff backoff_;
};

}  // namespace touchstone::cli
