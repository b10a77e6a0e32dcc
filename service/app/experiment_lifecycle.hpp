#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "assign/slots.hpp"
#include "storage/experiment.hpp"
#include "storage/metric.hpp"
#include "storage/time.hpp"

/// The life of an experiment: draft -> running <-> paused -> stopped -> archived. Pure functions from one version of
/// the experiment to the next; who stores and publishes it is elsewhere.
namespace touchstone::app {

enum class Move : std::uint8_t { start, pause, resume, stop, archive };
inline constexpr std::array all_moves{Move::start, Move::pause, Move::resume, Move::stop, Move::archive};

[[nodiscard]] std::string_view name_of(Move move) noexcept;
[[nodiscard]] std::optional<Move> move_named(std::string_view name) noexcept;

/// The state that `move` leads to; `conflict` for an illegal move, whose hint names the legal ones.
[[nodiscard]] Result<storage::ExperimentState> after(const storage::Experiment& experiment, Move move);

/// What a move needs to know beyond the experiment.
struct MoveTerms {
  Time now{};
  std::optional<Time> at;                    ///< when it took effect, for imports; not after `now`. Absent = now
  std::span<const assign::SlotRange> taken;  ///< slots of the layer that others use
  std::span<const storage::Metric> metrics;  ///< start: newest version of each metric of the environment
};

/// - start: freezes the plan with the versions of its metrics, takes slots of the layer, opens phase 1. A scheduled
///   start is over, the scheduled end stays.
/// - pause: ends the phase. Units get the flag's default and nobody is exposed; those already in keep counting.
/// - resume: opens a phase like the last one. Nobody moves.
/// - stop: ends the phase for good and gives the slots of the layer back; nothing is scheduled any more.
/// - archive: hides it, likewise.
/// The version grows by one. Errors: conflict (illegal move, no room in the layer), invalid (`at`).
[[nodiscard]] Result<storage::Experiment> moved(storage::Experiment experiment, Move move, const MoveTerms& terms);

/// The experiment as `wanted`, a changed copy of `current`.
/// - a draft may change in everything but its key.
/// - running: another split, coverage, condition, stickiness or enrolment opens a new phase with as few units moved as
/// possible (raising the
///   coverage moves nobody); paused: it counts from the resumption.
/// - always: name, hypothesis, owner, tags, and what is to come of its schedule. All else is fixed since the start.
/// What the server sets is taken from `current`; the version grows by one.
/// Errors: conflict, whose pointer names the fixed member, the version of stickiness that went back, or where the layer
/// has no room.
[[nodiscard]] Result<storage::Experiment> changed(const storage::Experiment& current, storage::Experiment wanted,
                                                  const MoveTerms& terms);

/// True while the experiment holds slots of its layer.
[[nodiscard]] bool holds_slots(const storage::Experiment& experiment) noexcept;

/// True where reports on both versions are the same: only words and ownership differ.
[[nodiscard]] bool judged_alike(const storage::Experiment& a, const storage::Experiment& b);

}  // namespace touchstone::app
