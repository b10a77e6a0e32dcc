#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assign/result.hpp"
#include "service/judge/report.hpp"
#include "stats/planning/sample_size.hpp"

namespace touchstone::judge {

/// A change as people say it: relative to the baseline, or in the metric's unit.
struct WantedEffect {
  bool relative = true;
  double size = 0;
};

/// How units hang together: what one does is like what others of its cluster do.
struct Clusters {
  double size = 1;  ///< units of a cluster, on average
  double deviation = 0;
  double intraclass = 0;  ///< correlation within a cluster
};

/// What an experiment is to be planned for. Two of effect, units and power are given, or one and the usual power. With
/// a margin the effect is the true one, none unless it is given.
struct SizeRequest {
  std::optional<stats::Baseline> baseline;  ///< or what an earlier experiment's control shows:
  std::string experiment;
  std::string metric;
  std::optional<WantedEffect> effect;
  bool drop = false;  ///< where the effect is looked for: the smallest drop, not the smallest rise
  std::optional<double> units;
  std::optional<double> power;
  double alpha = 0.05;
  std::vector<double> weights{1, 1};  ///< control first, in any common scale
  std::uint32_t goals = 1;            ///< metrics that share alpha
  stats::SizedFor method = stats::SizedFor::always_valid;
  stats::GroupLooks looks{};  ///< of a group sequential plan
  stats::Claim claim = stats::Claim::difference;
  std::optional<WantedEffect> margin{};  ///< harm that may be, or difference that does not matter; size above 0
  std::optional<double> correlation{};   ///< of the metric with a covariate from before the experiment
  std::optional<Clusters> clusters{};    ///< where clusters are assigned, not units
  std::optional<double> units_per_day{};
};

/// What the control of a result shows; nothing where it has no figures yet.
[[nodiscard]] std::optional<stats::Baseline> baseline_of(const Row& row);

/// Everything the answer was made of beside the figures themselves.
struct Sized {
  stats::Baseline baseline;
  std::optional<double> margin{};  ///< absolute
  double alpha_each = 0.05;        ///< alpha shared by Holm's first step over goals and treatments
  stats::SizeAnswer answer;
  std::optional<double> units_per_day;
};

/// Errors, with pointers into the request: invalid (no baseline, nothing or everything given, an effect of nothing, a
/// rate that would leave (0, 1), an effect that so few units cannot show, a claim without its margin).
[[nodiscard]] Result<Sized> size_up(const SizeRequest& request);

}  // namespace touchstone::judge
