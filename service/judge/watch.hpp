#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "service/judge/case.hpp"
#include "service/judge/looks.hpp"
#include "stats/estimate.hpp"
#include "stats/sequential/strict.hpp"

namespace touchstone::judge {

/// What watching a comparison from look to look has shown: effects whose intervals exclude no change exactly when one
/// was declared at some look, with the anytime p.
struct Watched {
  stats::Effect effect;
  std::string method;              ///< exact_conditional_spending for proportions, two_keys for values; of a strict
                                   ///< plan hypergeometric_tilt, arm_betting
  std::optional<Time> until;       ///< end of the last look
  std::optional<Time> decided_at;  ///< end of the look at which a change was declared
  std::optional<stats::StrictEvidence> evidence;        ///< of a strict plan: the largest so far
  std::int64_t waiting = 0;                             ///< units of both arms who entered but are in no look yet
  std::optional<stats::StrictEvidence> evidence_now{};  ///< of a strict plan: at the last look
};

/// Units over both arms that tune the tests where a plan names none: an error of .045 is spent by then, and intervals
/// are at their narrowest at a quarter of it.
inline constexpr double kUsualUnits = 40'000;

/// For metrics that are judged by looks. A tenth of alpha is kept for after the horizon.
[[nodiscard]] Watched watch(const Case& of, std::size_t metric, std::size_t variant);

/// What it had shown after fewer `looks`, the first of looks(); `waiting` stays 0.
[[nodiscard]] Watched watch_until(const Case& of, std::size_t metric, std::size_t variant, std::span<const Look> looks);

/// The anytime p of "the covariates of both arms are drawn alike", at the ticks at which units entered: it asks for no
/// window to have closed. Undefined below 50 units in an arm.
[[nodiscard]] double watched_imbalance(const Case& of, std::size_t metric, std::size_t variant);

}  // namespace touchstone::judge
