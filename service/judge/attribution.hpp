#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "service/judge/measure.hpp"
#include "service/judge/names.hpp"
#include "service/judge/timeline.hpp"
#include "storage/experiment.hpp"
#include "storage/metric.hpp"

namespace touchstone::judge {

/// An experiment with the metrics of its plan, as attribution asks it: texts are numbers of one Names.
struct Question {
  struct Period {
    Time begin{};
    Time end{};  ///< exclusive
  };
  struct Expected {
    std::string attribute;
    std::vector<std::string> values;  ///< per variant: canonical JSON; empty = nothing is expected
  };
  NameNumber experiment = 0;
  NameNumber unit_type = 0;
  NameNumber fallback_unit_type = 0;  ///< the same where there is none
  std::vector<NameNumber> variants;
  std::vector<Period> phases;
  Time kept_from{};  ///< variants met earlier are not kept
  std::vector<Expected> expects;
  std::vector<Measure> measures;
};

[[nodiscard]] inline Sorting sorting(const storage::Plan& plan) noexcept {
  return is_strict(plan.method) ? Sorting::by_level : Sorting::none;
}

/// `metrics[i]` defines `experiment.plan.metrics[i]`; anything else is a broken invariant (std::invalid_argument).
[[nodiscard]] Question question(const storage::Experiment& experiment, std::span<const storage::Metric> metrics,
                                Names& names);

/// Stands for no variant where one may be kept.
inline constexpr std::uint16_t kNothingKept = 0xFFFF;

/// How a person took part in an experiment.
struct Participation {
  Time exposed_at{};
  std::uint32_t variant = 0;          ///< index into Experiment::variants
  std::uint32_t phase = 0;            ///< index into Experiment::phases
  std::uint32_t exposures = 0;        ///< attributed; 0 = the person is not in the experiment
  std::uint32_t contradictions = 0;   ///< attributed exposures with another attribute value than expected
  std::uint32_t unattributed = 0;     ///< unknown variant, outside every phase, or another unit type
  std::uint16_t kept = kNothingKept;  ///< variant of the first exposure that still binds, where assignment is sticky
  bool crossed = false;               ///< met more than one variant of the run
  NameNumber attributes = 0;          ///< that the first exposure carried: canonical JSON

  friend bool operator==(const Participation&, const Participation&) = default;
};

struct UnitRecord {
  Participation part;
  KeptText first{};             ///< id of its first exposure
  std::vector<Amount> amounts;  ///< one per metric, then one per denominator or covariate, in their order; empty
                                ///< where the person is not in the experiment
  std::vector<std::vector<std::int64_t>> events{};  ///< per metric of kind quantile, in their order: event_amounts

  friend bool operator==(const UnitRecord&, const UnitRecord&) = default;
};

/// Pure: depends on the set of what happened alone. The first exposure, smallest (te, id), fixes variant and phase;
/// from it on the windows of the metrics run.
[[nodiscard]] UnitRecord attribute_unit(const Question& question, const Names& names, const Timeline& timeline);

/// Takes into a record what its person did since, `news`, without a look at what came before. False where the record
/// does not tell enough for that, as where a first exposure turns up late: it is then good for nothing.
[[nodiscard]] bool follow(const Question& question, const Names& names, const Timeline& news, UnitRecord& record);

}  // namespace touchstone::judge
