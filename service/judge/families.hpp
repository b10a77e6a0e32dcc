#pragma once

#include <span>

#include "service/judge/case.hpp"
#include "service/judge/comparison.hpp"

namespace touchstone::judge {

/// Fills in the p that are adjusted for the others of their role, as the plan corrects. Guardrails have none: each
/// must be safe by itself.
/// - holm, benjamini_hochberg: stats/multiplicity.hpp, on the p of one look and on the anytime p.
/// - dunnett: P(max |t| > |t_i|) over the treatments of one goal (stats/fixed/dunnett.hpp), times the number of goals.
///   t is the row's own statistic; treatments correlate by lambda_i lambda_j with lambda_i^2 = v_0/(v_0 + v_i), v the
///   variance of an arm's mean (of a share one for both arms), and df the smallest of the treatments. Where there are
///   several phases, whose weights differ, or a covariate, it is Bonferroni: p times the treatments. The anytime p
///   keeps Holm.
/// - e_benjamini_hochberg: on the e-values of the last look; the p of one look keeps Benjamini-Hochberg.
void correct(const Case& of, std::span<Comparison> all);

}  // namespace touchstone::judge
