#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assign/result.hpp"
#include "service/app/agreements.hpp"
#include "service/app/service.hpp"
#include "service/codec/retention_json.hpp"

/// How long an environment keeps its events. Exposures and events that are older go, by months; links and traits stay,
/// as they say who somebody is. What an experiment needs that is not archived stays too, so that every report that can
/// be asked for is the one it was.
namespace touchstone::app {

/// From when on the experiment's report needs events: its start, less the longest time before an exposure that one of
/// its metrics looks at. Nothing where it never ran.
[[nodiscard]] std::optional<Time> needs_from(const JudgeableExperiment& judged) noexcept;

/// The beginning, in UTC, of the month that lies so many before that of `now`.
[[nodiscard]] Time months_before(Time now, std::uint32_t months) noexcept;

/// From when on events are kept: `oldest`, or from an earlier month where an experiment that is not archived needs it.
struct Keeping {
  Time from{};
  std::vector<std::string> held_by;  ///< those that need more than `oldest` leaves
};
[[nodiscard]] Keeping keeping(const Agreements& agreed, Time oldest);

[[nodiscard]] Result<codec::Retention> retention(Service& service, std::uint32_t environment);

/// From the next look on. Errors: unavailable.
[[nodiscard]] Status change_retention(Service& service, std::uint32_t environment, std::optional<std::uint32_t> months,
                                      const storage::Actor& by);

/// Looks: orders that what is due goes, and carries it out, or what is left of an earlier order. Nothing else is
/// written meanwhile. Errors: unavailable; it may be repeated.
[[nodiscard]] Status let_go(Service& service, std::uint32_t environment, const storage::Actor& by);

/// Error not_found where the report needs events that were let go: the experiment is archived.
[[nodiscard]] Status check_kept(const Service& service, std::uint32_t environment, const JudgeableExperiment& judged);
/// Error invalid where an experiment would start before what is kept.
[[nodiscard]] Status check_start_kept(const Service& service, std::uint32_t environment, Time at);

}  // namespace touchstone::app
