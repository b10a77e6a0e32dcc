#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "service/simulate/course.hpp"

namespace touchstone::simulate {

/// The change that was planted in every treatment.
enum class Change : std::int8_t { drop = -1, none = 0, rise = 1 };

/// What became of one course of a trial.
struct Repetition {
  bool claimed = false;     ///< a change of a goal, of any treatment
  double found = 0;         ///< share of the treatments of which the planted change was claimed
  bool wrong_sign = false;  ///< of one it was claimed the other way round
  std::uint64_t units = 0;  ///< that had entered when the first claim was made; all without one
  std::string verdict;
};
[[nodiscard]] Repetition repetition(const Trial& trial, const Behaviour& behaviour, Change planted, Random random);

/// Whether somebody who stops at the first p of the fixed-horizon test below alpha would have claimed a change, at so
/// many looks after equally many units each.
[[nodiscard]] bool claimed_by_peeking(const Trial& trial, const Behaviour& behaviour, int looks, Random random);

/// An average over repetitions with its standard error.
struct Average {
  double mean = 0;
  double se = 0;
};
[[nodiscard]] Average average(std::span<const double> values) noexcept;

struct Summary {
  Average claimed;                                ///< share of courses; without a planted change: the false alarms
  Average found;                                  ///< the power
  Average wrong_sign;                             ///< share of courses
  Average units;                                  ///< at the decision
  std::map<std::string, std::uint64_t> verdicts;  ///< courses that ended in it
};
[[nodiscard]] Summary summary(std::span<const Repetition> repetitions);

}  // namespace touchstone::simulate
