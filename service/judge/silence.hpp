#pragma once

#include "service/judge/case.hpp"
#include "service/judge/report.hpp"

namespace touchstone::judge {

inline constexpr double kSilenceLimit = 1e-6;  ///< so that hundreds of looks together hardly ever alarm

/// Whether what a metric measures is still heard of. Of the N units of a comparison S did something; nobody did who
/// entered after some look, n of them. If they are like the others, the chance that all S are among those before is at
/// most (1 - n/N)^S. Of amounts, whose S is not kept, it is sum^2 / sum of squares, which is no more (Cauchy, Schwarz).
/// Warns below kSilenceLimit, where the silence has lasted a day and takes in twice as many units as any before it:
/// nights and quiet days are no fault. The value is the smallest chance of the treatments times their number; figures:
/// units that nothing is heard of, hours, and before (one in so many did). Belongs to `trust`.
///
/// For metrics that are judged by looks (looks.hpp), where every unit has had its time; not of those for which nothing
/// heard is an answer (is_heard).
[[nodiscard]] Check silence(const Case& of, std::size_t metric);

/// Whether a metric is about something that happens, so that nothing of it for long is odd: all but churn and duration.
[[nodiscard]] bool is_heard(storage::MetricKind kind) noexcept;

}  // namespace touchstone::judge
