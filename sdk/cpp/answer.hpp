#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "assign/decision.hpp"

namespace touchstone::assign {
class Snapshot;
}

namespace touchstone::sdk {

/// Why an answer holds the caller's default. Names are OpenFeature's error codes.
enum class Problem : std::uint8_t {
  none,
  not_ready,  ///< no configuration yet
  flag_not_found,
  targeting_key_missing,  ///< the flag draws, and no unit was given
  type_mismatch,
  not_local,  ///< only the server can decide: ask POST /v1/evaluate
};
[[nodiscard]] std::string_view name_of(
    Problem problem) noexcept;  ///< "", "PROVIDER_NOT_READY", ...; GENERAL for not_local

/// What a unit sees. All text lives as long as the answer does, whatever is published meanwhile; the unit in `exposure`
/// views what the caller passed.
template <class T>
struct Answer {
  T value{};  ///< the flag's, or the caller's default
  assign::Reason reason = assign::Reason::error;
  assign::Cause cause = assign::Cause::unknown;
  Problem problem = Problem::none;
  std::string_view variant{};     ///< empty: none
  std::string_view experiment{};  ///< of `variant`
  std::int64_t config_version = 0;
  std::optional<assign::Exposure> exposure{};
  std::shared_ptr<const assign::Snapshot> configuration{};  ///< what it was decided on; keeps the text alive
};

}  // namespace touchstone::sdk
