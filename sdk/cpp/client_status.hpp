#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/instant.hpp"

namespace touchstone::sdk {

enum class Phase : std::uint8_t {
  starting,  ///< no configuration yet: every answer is the caller's default
  ready,     ///< the server confirmed the configuration lately
  stale,     ///< it did not, or could not be asked the last time; the last configuration goes on deciding
  closed,
};
[[nodiscard]] std::string_view name_of(Phase phase) noexcept;

/// Where a configuration came from.
enum class Origin : std::uint8_t { none, bootstrap, cache, server };
[[nodiscard]] std::string_view name_of(Origin origin) noexcept;

/// How a client is doing. Every event that was given is waiting, stored, duplicate, quarantined, refused or dropped.
struct ClientStatus {
  Phase phase = Phase::starting;
  Origin origin = Origin::none;
  std::int64_t config_version = 0;
  std::optional<assign::Instant> heard_at{};  ///< when the server last said that this is current
  bool streaming = false;
  std::vector<std::string> not_local{};  ///< flags, sorted, for which the problem may be Problem::not_local

  std::size_t waiting = 0;
  std::uint64_t stored = 0;
  std::uint64_t duplicate = 0;    ///< stored before: a retry, or an exposure that somebody else reported
  std::uint64_t quarantined = 0;  ///< kept aside by the server: more than a day in its future
  std::uint64_t refused = 0;      ///< by the server, or at once for what it would refuse
  std::uint64_t dropped = 0;      ///< events and exposures for which the queue was full, or which closing gave up

  std::string last_error{};  ///< of the server or the network; empty after a success
};

}  // namespace touchstone::sdk
