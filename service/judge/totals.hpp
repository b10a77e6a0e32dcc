#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "stats/effect.hpp"
#include "stats/srm.hpp"

/// Judging experiments of which only totals are known, because the events live elsewhere: units with conversions, or
/// units with mean and variance, per arm, once or again and again while they grow.
namespace touchstone::judge {

/// What is known of one arm at one look, from the start of the experiment on.
struct ArmTotal {
  std::int64_t units = 0;
  double mean = 0;                          ///< of the units' values; the rate, where they are conversions
  double variance = 0;                      ///< of the sample (n - 1); not used for conversions
  std::optional<std::int64_t> conversions;  ///< units that converted
};

struct TotalsLook {
  double at = 0;               ///< any clock that grows
  std::vector<ArmTotal> arms;  ///< by variant
};

/// One metric of one experiment.
struct TotalsStream {
  std::string experiment;
  std::string metric;
  std::vector<std::string> variants;  ///< at least two; the first is compared against
  std::vector<double> weights;        ///< planned shares, of any scale
  bool conversions = false;           ///< every arm says how many
  std::vector<TotalsLook> looks;      ///< at least one, in order of `at`
};

/// A look whose totals cannot be what they say.
struct TotalsAlarm {
  enum class What : std::uint8_t {
    stood_still,  ///< the arm's totals are those of the look before, and another arm's are not
    fell,         ///< fewer units, or conversions, than at the look before
  };
  What what = What::stood_still;
  std::size_t variant = 0;
  double at = 0;

  friend bool operator==(const TotalsAlarm&, const TotalsAlarm&) = default;
};

/// One treatment against the first variant, at the last look that was judged.
struct TotalsRow {
  std::size_t variant = 0;
  stats::Effect fixed;             ///< as one planned look at the end
  stats::Effect always_valid;      ///< asymptotic confidence sequence; p is the smallest so far
  double adjusted_p = 1;           ///< anytime p, by Holm over the treatments
  std::optional<double> declared;  ///< the first look at which it was at most alpha
  int sign = 0;                    ///< of the change that was declared
  bool reversed = false;           ///< the change at the end has the other sign: the effect drifts
};

struct TotalsJudgement {
  double at = 0;
  std::vector<ArmTotal> arms;  ///< as they were judged
  stats::SrmTest split;        ///< Pearson, at the end
  double anytime_split_p = 1;  ///< of the sequential test, over all looks
  std::vector<TotalsRow> rows;
  std::vector<TotalsAlarm> alarms;
};

struct TotalsTerms {
  double alpha = 0.05;
  double planned_units = 40'000;  ///< over both arms of a comparison: where the confidence sequence is narrowest
};

/// A judgement for each stream. Units may still be doing things after they are counted, so neither the exact test of
/// conversions nor the two keys apply; the confidence sequence is asymptotic, and covers the effect up to now, which
/// may drift.
///
/// Where an arm stands still, its totals are older than those beside it, whose effect would be the time between them.
/// Nothing of that experiment is judged at that look, by any metric.
[[nodiscard]] std::vector<TotalsJudgement> judge_totals(std::span<const TotalsStream> streams,
                                                        const TotalsTerms& terms);

}  // namespace touchstone::judge
