#pragma once

#include <span>
#include <string>

#include "service/judge/totals.hpp"

namespace touchstone::cli {

struct JudgedTotals {
  judge::TotalsStream stream;
  judge::TotalsJudgement judgement;
};

/// Units whose split has less than this chance of being as planned are not believed.
inline constexpr double kBrokenSplit = 0.001;

/// For people: a line per treatment (a change that was declared "has turned" where the difference now has the other
/// sign, "fades" where the interval now has room for none), what to know about its data below it, and a summary where
/// there are several.
[[nodiscard]] std::string totals_text(std::span<const JudgedTotals> all, double alpha, bool colour);

}  // namespace touchstone::cli
