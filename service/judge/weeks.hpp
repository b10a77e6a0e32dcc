#pragma once

#include "service/judge/report.hpp"
#include "storage/time.hpp"

namespace touchstone::judge {

/// How long units could enter, by the clocks of a place. The rules of its time zone are the caller's: here they are
/// what the clocks are ahead of UTC at both ends.
struct Enrolment {
  Time from{};
  Time until{};
  bool over = false;  ///< nobody enters any more
  Micros ahead_from{0};
  Micros ahead_until{0};
};

/// Do units come from whole weeks, so that every day of the week counts alike? Calendar days are counted from the local
/// time of the beginning to that of the end, to the nearest whole day. Warns while there is no whole week yet, and
/// where the enrolment is over with days beyond fewer than four whole weeks: after four, no day of the week counts for
/// more than a quarter above another. The value is the number of days, the limit a week. Belongs to `trust`: it changes
/// no verdict.
[[nodiscard]] Check whole_weeks(const Enrolment& enrolment);

}  // namespace touchstone::judge
