#pragma once

#include <vector>

#include "service/judge/case.hpp"
#include "service/judge/report.hpp"
#include "stats/verdict.hpp"

namespace touchstone::judge {

/// What the segments of a plan say.
struct SegmentResults {
  std::vector<Slice> slices;                    ///< in the order of the plan
  std::vector<stats::SegmentFinding> findings;  ///< of goals
};

/// Every segment is judged as the experiment is, by the plan's method, at alpha divided by the number of segments: that
/// any of them claims a change where there is none is no likelier than alpha. Metrics with a cap by percentile are left
/// out: their cap is that of all units. A fixed horizon is that of the experiment.
///
/// `shrunk` is each segment's estimate of one look, drawn towards the mean of all by how much they differ beyond chance
/// (normal-normal empirical Bayes; stats/fixed/heterogeneity.hpp). It takes segments as made of different units.
[[nodiscard]] SegmentResults segment_results(const Case& of);

}  // namespace touchstone::judge
