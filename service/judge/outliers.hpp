#pragma once

#include <vector>

#include "service/judge/analyse.hpp"
#include "service/judge/persons.hpp"
#include "service/judge/study.hpp"

namespace touchstone::judge {

/// Per metric (proportions aside) and arm the unit that alone holds more than kOutlierShare of the arm's sum of squared
/// deviations, where there is one: the farthest from the mean, then the smallest id.
///
/// A look at the ends of each arm. Records are scanned only where whoever stood out was retracted and those below might
/// stand out in their place.
[[nodiscard]] std::vector<Outlier> outliers(Study& study, const Persons& persons);

}  // namespace touchstone::judge
