#pragma once

#include <vector>

#include "service/judge/case.hpp"
#include "service/judge/doubts.hpp"
#include "service/judge/report.hpp"

namespace touchstone::judge {

inline constexpr double kImplausibleFactor = 2;   ///< more than double, or less than half ...
inline constexpr double kImplausibleScore = 0.1;  ///< ... and of a score in parts of its range

/// What a person should look into before believing a result. None of it changes the verdict: it warns at most.
/// - slice_split, per attribute that units carried when they first met their variant: does every slice have its planned
///   split (stats/srm_slices.hpp, at every look; p times the number of attributes)? Where one slice alone has not, it
///   is named. Where all are off alike the check srm says so, and none is named.
/// - post_exposure stands in place of it where the slices are off against each other and no slice alone explains it:
/// the
///   attribute is measured after the variant was met, or changed by it, and may not be used to compare parts of the
///   units. It does not warn, and its status is names_variant, where the attribute says which variant was met. What
///   `expects` names is not asked.
/// - twyman, per metric: figures that certainly differ by more than kImplausibleFactor, up or down, or by a tenth of a
///   score's range, are more often a defect than a success. Up and down are one distance in logarithms, and a rare
///   event may well become half as frequent again. The interval is at the level of a confidence sequence
///   (confidence_sequence.hpp), so a change that may be true alarms in kDoubtLimit of all experiments, however often
///   one looks. The value is the least factor; of a score the least difference.
/// - simpson, per metric of an experiment with several phases: added up over them a change shows, and within them it
///   shows the other way, because shares and rates changed together. Results compare within phases. Also per attribute
///   by which the plan has several segments (simpson.hpp).
/// - drift, per metric that is judged by looks: does the change grow or fade with the time of entry (drift.hpp)? At
///   every look.
/// - novelty or primacy, per metric with a course over days: does the change fade or grow with the days after a unit's
///   first exposure (novelty.hpp)? At every look.
/// - silence, per metric that is judged by looks: do its events still arrive (silence.hpp)?
/// p of several treatments: the smallest times their number.
[[nodiscard]] std::vector<Check> trust(const Case& of);

}  // namespace touchstone::judge
