#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stats/estimate.hpp"
#include "stats/strata.hpp"

/// Surveys: a score is one of those who answer. Where a variant changes who answers, scores differ without anybody
/// thinking otherwise.
namespace touchstone::stats {

struct ResponseBalance {
  Status status = Status::no_data;  ///< zero_variance: nobody answered, or everybody
  double chi2 = undefined;
  int df = 0;
  Tail p;
};
/// Chi-square test of one response rate in all arms, at one look: sum over arms of (r - n p)^2/(n p (1 - p)) with the
/// rate p of the stratum; statistics and degrees of freedom are summed over strata. `strata[h][arm]`: of so many units
/// so many answered (Pearson 1900).
[[nodiscard]] ResponseBalance response_balance(std::span<const std::vector<Proportion>> strata);

/// Answers of one value, and all of an arm from the smallest value to the largest.
struct AnswerGroup {
  double value = 0;
  std::int64_t answers = 0;
};
struct Answers {
  std::int64_t units = 0;  ///< asked, whether they answered or not
  std::vector<AnswerGroup> groups;
};
/// Between which ends the difference b - a of the mean answers lies among those who answer in either arm: the arm that
/// answers more often loses the share (r_more - r_less)/r_more of its best, or of its worst, answers (Lee 2009,
/// proposition 1a: a variant only ever adds or only ever removes answers). Undefined where an arm has no answer.
[[nodiscard]] Interval trimming_bounds(const Answers& a, const Answers& b);

}  // namespace touchstone::stats
