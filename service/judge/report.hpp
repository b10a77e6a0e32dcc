#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/metric.hpp"
#include "storage/plan.hpp"
#include "storage/time.hpp"

namespace touchstone::judge {

/// The words of a report (verdict and check codes, statuses, test names) are part of its format, so they are text here:
/// what the analysis writes is what every channel shows. A number that cannot be computed is absent, never 0; the
/// status beside it says why.

/// An estimate with its interval at 1 - alpha of the plan. Where the estimate is there and a bound is not, the interval
/// is unbounded on that side.
struct Interval {
  std::string status = "no_data";  ///< ok, or the reason why there is no estimate
  std::optional<double> estimate;
  std::optional<double> low;
  std::optional<double> high;

  friend bool operator==(const Interval&, const Interval&) = default;
};

struct PlannedVariant {
  std::string key;
  std::uint32_t weight = 0;  ///< of 1,000,000, of the latest phase
  bool control = false;

  friend bool operator==(const PlannedVariant&, const PlannedVariant&) = default;
};

struct PlannedMetric {
  std::string key;
  std::uint32_t version = 1;
  storage::MetricKind kind = storage::MetricKind::proportion;
  storage::MetricRole role = storage::MetricRole::goal;
  storage::Direction direction = storage::Direction::increase;
  std::string unit;
  std::optional<double> margin;  ///< guardrail: largest tolerated harm: relative, of a score in its own unit
  std::optional<storage::Score> score{};
  std::optional<Micros> covariate{};  ///< how long before the first exposure it is taken
  std::vector<std::string> steps{};   ///< funnel: the names of its events
  std::string words{};                ///< what the figure of a unit and of an arm is, for kinds that need to be told
  std::string formula{};              ///< the same as a formula
  std::optional<double> quantile{};   ///< quantile: which

  friend bool operator==(const PlannedMetric&, const PlannedMetric&) = default;
};

/// The plan as it was judged: every default resolved.
struct JudgedPlan {
  std::optional<Time> frozen_at;
  double alpha = 0.05;
  storage::MethodRef method;  ///< the one that the verdict follows
  storage::Horizon horizon;
  storage::Crossover crossover = storage::Crossover::exclude;
  std::optional<double> smallest_effect;
  std::optional<Micros> tick;  ///< where the plan sets it
  std::vector<PlannedVariant> variants;
  std::vector<PlannedMetric> metrics;
  storage::Corrections corrections{};
  std::vector<storage::PlannedSegment> segments{};

  friend bool operator==(const JudgedPlan&, const JudgedPlan&) = default;
};

/// Why the verdict is what it is: the codes of stats/verdict.hpp; fields that do not apply are empty.
struct Reason {
  std::string code;
  std::string metric;
  std::string variant;
  std::string segment;

  friend bool operator==(const Reason&, const Reason&) = default;
};

struct Verdict {
  std::string code;     ///< one of the closed set: do_not_trust, no_data, roll_back, trade_off, segment_split, ship,
                        ///< ship_with_care, no_difference, keep_running, inconclusive
  std::string variant;  ///< the treatment it is about; empty where it is about none
  std::vector<Reason> reasons;

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

enum class CheckLevel : std::uint8_t { ok, warn, block };

struct Figure {
  std::string name;
  std::optional<double> value;

  friend bool operator==(const Figure&, const Figure&) = default;
};

struct NamedUnit {
  std::string id;
  std::string variant;
  double value = 0;  ///< in the metric's unit

  friend bool operator==(const NamedUnit&, const NamedUnit&) = default;
};

/// One question about whether to believe the data: srm, crossover, crossover_balance, contradictions,
/// repeated_exposures, exposure_gap, range, outlier, responses, pre_period. `value` is compared with `limit`; `figures`
/// are what a person would want to see beside it. In `trust`: slice_split, post_exposure, twyman, simpson, drift,
/// novelty, primacy, silence, whole_weeks, planned_size, mid_flight_change.
struct Check {
  std::string code;
  CheckLevel level = CheckLevel::ok;
  std::string metric;  ///< where it is about one
  std::optional<double> value;
  std::optional<double> limit;
  std::string status = "ok";  ///< or why there is no value
  std::vector<Figure> figures;
  std::vector<NamedUnit> units;
  std::string variant{};    ///< in `trust`: the treatment that has most to do with it
  std::string attribute{};  ///< in `trust`: what units carried when they entered
  std::string slice{};      ///< in `trust`: the value of it, as JSON, that has most to do with it; empty also where
                            ///< it is those who carried none

  friend bool operator==(const Check&, const Check&) = default;
};

/// One arm of a comparison.
struct Arm {
  std::uint64_t n = 0;                     ///< units that have a value
  std::optional<double> mean;              ///< standardised over the strata: the two means differ by the estimate
  std::optional<double> sum;               ///< of the units' values, over all strata
  std::optional<double> variance;          ///< of the units' values, n - 1, over all strata
  std::optional<std::uint64_t> successes;  ///< where the mean is a share of units
  std::optional<std::uint64_t> units{};    ///< of those who may have a value, such as an answer: with one or without
  std::vector<std::uint64_t> answers{};    ///< scores: units by answer, from the lowest to the highest
  std::vector<std::uint64_t> steps{};      ///< funnels: units that took at least so many steps, from one on

  friend bool operator==(const Arm&, const Arm&) = default;
};

/// Peek whenever you like: the interval holds at every look, all looks together. What follows p_adjusted is there
/// where the plan's method walks by ticks (always-valid from version 2 on).
struct AlwaysValid {
  Interval absolute;
  Interval relative;
  std::optional<double> p;           ///< at any time: by looks it never rises
  std::optional<double> p_adjusted;  ///< as Fixed::p_adjusted
  std::string method;                ///< exact_conditional_spending, two_keys, or confidence_sequence for a metric
                                     ///< without a window's end; none for a ratio without one; of a strict plan
                                     ///< hypergeometric_tilt, arm_betting, none
  std::optional<Time> until;         ///< units who entered before then are judged; absent: nobody yet, or everybody
  std::optional<Time> decided_at;    ///< `until` of the look at which a change was declared
  std::optional<std::uint64_t> immature_units;     ///< of both arms: entered, and not judged yet
  std::optional<std::array<double, 2>> log10_e{};  ///< strict: the largest e-values so far that treatment lies above,
                                                   ///< below control

  friend bool operator==(const AlwaysValid&, const AlwaysValid&) = default;
};

/// One look at the end: the test that is exact for it, and its standard error.
struct Fixed {
  std::string test;  ///< two_proportion_z, cochran_mantel_haenszel, welch_t, clustered_quantile
  std::optional<double> statistic;
  std::optional<double> df;          ///< absent for z and quantiles
  std::optional<double> p;           ///< two-sided
  std::optional<double> log10_p;     ///< where p underflows
  std::optional<double> p_adjusted;  ///< over goals, or secondaries, x variants: as the plan corrects
  std::string correction{};          ///< of a goal where the plan asks for dunnett: that, or bonferroni (families.hpp)

  friend bool operator==(const Fixed&, const Fixed&) = default;
};

/// What the figures of units before their first exposure took out of a row (CUPED), and what it would be without. Where
/// the status is not ok nothing was taken out: covariate_constant, or too few units.
struct Adjustment {
  std::string status = "no_data";
  std::optional<double> slope;                     ///< taken out per one of the covariate
  std::optional<double> correlation;               ///< of figure and covariate, within arms and phases
  std::optional<double> variance_reduction;        ///< share of the estimate's variance that is gone
  std::array<std::uint64_t, 2> without_history{};  ///< units whose covariate is 0 as nothing that counts happened
  std::array<std::optional<double>, 2> mean{};     ///< of the covariate
  Interval absolute;                               ///< fixed horizon, without the covariate
  Interval relative;
  std::optional<double> p;

  friend bool operator==(const Adjustment&, const Adjustment&) = default;
};

/// What a cap by percentile came to, and what a row would be without.
struct Capping {
  double percentile = 0;
  std::optional<double> cap;             ///< in the metric's unit; absent: there was nothing to rank
  std::array<std::uint64_t, 2> units{};  ///< of the arms, above it
  Interval absolute;                     ///< fixed horizon, without the cap
  Interval relative;
  std::optional<double> p;

  friend bool operator==(const Capping&, const Capping&) = default;
};

/// What is behind a row of a quantile, whose arms' means are the quantiles.
struct Quantiles {
  double which = 0;                                      ///< the share of events that do not exceed it
  std::array<std::uint64_t, 2> events{};                 ///< of the arms
  std::array<std::uint64_t, 2> above{};                  ///< of them, above the arm's quantile
  std::array<std::optional<double>, 2> design_effect{};  ///< how often the variance is what it would be if events of a
                                                         ///< unit had nothing to do with each other
  std::array<Interval, 2> arms{};                        ///< fixed horizon, of each quantile

  friend bool operator==(const Quantiles&, const Quantiles&) = default;
};

struct Posterior {
  std::string model;  ///< beta_binomial, normal
  std::optional<double> chance_to_beat_control;
  std::optional<double> chance_best;  ///< among all arms, control included
  std::optional<double> loss_choose_variant;
  std::optional<double> loss_choose_control;
  Interval credible;  ///< of the absolute difference

  friend bool operator==(const Posterior&, const Posterior&) = default;
};

/// One metric x treatment.
struct Row {
  std::string metric;
  std::uint32_t version = 1;
  storage::MetricKind kind = storage::MetricKind::proportion;
  storage::MetricRole role = storage::MetricRole::goal;
  std::string variant;
  std::string control;
  std::array<Arm, 2> arms;   ///< control, treatment
  Interval absolute;         ///< fixed horizon, treatment - control
  std::optional<double> se;  ///< of the absolute estimate
  Interval relative;         ///< fixed horizon, treatment / control - 1
  AlwaysValid always_valid;
  Fixed fixed;
  Posterior posterior;
  std::optional<storage::Score> score{};          ///< what the answers mean
  std::optional<Adjustment> covariate{};          ///< where the metric has one
  std::optional<Capping> cap{};                   ///< where the metric has a cap by percentile
  std::optional<Quantiles> quantile{};            ///< where the metric is one
  std::optional<std::uint64_t> immature_units{};  ///< where the windows of units must have closed: both arms' others
  std::optional<double> shrunk{};                 ///< in a segment: the relative change, or else the absolute one, as
                                                  ///< all of them together suggest it (heterogeneity.hpp)
  std::string status = "ok";                      ///< or why something above is absent
  std::string conclusion = "unknown";  ///< of this row alone, by the rule that the verdict follows: not_clear, better,
                                       ///< worse, no_difference; of a guardrail safe, not_ruled_out, harmed

  friend bool operator==(const Row&, const Row&) = default;
};

/// Units and exposures, counted before any exclusion unless said otherwise.
struct VariantCount {
  std::string variant;
  std::uint64_t units = 0;      ///< whose first exposure was to this variant
  std::uint64_t crossover = 0;  ///< of them, those who also met another variant
  std::uint64_t analysed = 0;   ///< of them, those who count in the results

  friend bool operator==(const VariantCount&, const VariantCount&) = default;
};

struct Counts {
  std::uint64_t units = 0;               ///< with at least one attributed exposure
  std::uint64_t exposures = 0;           ///< attributed
  std::uint64_t repeated_exposures = 0;  ///< attributed, beyond a unit's first
  std::uint64_t crossover_units = 0;     ///< met more than one variant of the run
  std::uint64_t contradictions = 0;      ///< attributed exposures that carry another value than `expects` says
  std::uint64_t unattributed = 0;        ///< exposures naming this experiment: unknown variant, outside every phase,
                                         ///< or of another unit type
  std::vector<VariantCount> variants;

  friend bool operator==(const Counts&, const Counts&) = default;
};

/// What became of everything that was sent. Filled by whoever knows: the pure part knows `unattributed` only.
struct Ledger {
  std::uint64_t sent = 0;
  std::uint64_t stored = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t quarantined = 0;
  std::uint64_t refused = 0;
  std::uint64_t unattributed = 0;

  friend bool operator==(const Ledger&, const Ledger&) = default;
};

/// What the report is made of. Filled by whoever knows; `results` by codec, over the bytes it writes.
struct Digest {
  std::string results;
  std::string configuration;
  std::string events;          ///< of the set of events that it could see, in any order
  std::uint64_t last_seq = 0;  ///< the last of them, in the order of acceptance; 0 where they are no journal's
  std::string program;

  friend bool operator==(const Digest&, const Digest&) = default;
};

/// The same rows for a part of the units.
struct Slice {
  std::string name;
  std::vector<Row> results;

  friend bool operator==(const Slice&, const Slice&) = default;
};

/// Units that have yet to enter until a change of this size, if there is one, is found with the power.
struct UnitsAhead {
  double change = 0;           ///< relative
  double units = 0;            ///< over all variants; 0: enough have entered
  std::optional<double> days;  ///< at the present traffic, with the window of the last unit; absent: traffic is unknown

  friend bool operator==(const UnitsAhead&, const UnitsAhead&) = default;
};

/// How much longer a running experiment has to go: for the smallest effect of its plan, and where the change is what
/// it looks like, or lies at a bound of its always-valid interval.
struct Remaining {
  std::string metric;
  std::string variant;
  double power = 0;
  std::optional<double> units_per_day;  ///< over all variants
  std::optional<UnitsAhead> smallest;   ///< absent: the plan names no smallest effect
  std::optional<UnitsAhead> seen;       ///< if the change is what it looks like
  std::optional<UnitsAhead> soonest;    ///< if it is the bound that is farther from no change
  std::optional<UnitsAhead> latest;     ///< if it is the nearer one; absent: no change is possible, so there is no end

  friend bool operator==(const Remaining&, const Remaining&) = default;
};

/// The one decision object behind every channel: format 1 of DATA-MODEL, Report. `digest.results` covers plan, verdict,
/// checks, results, segments and series. `trust` stands outside of it: it never changes a verdict, so it may learn more
/// without a new version of any method, and what was once released keeps its digest. All but ledger, digest and times
/// is the same for the same configuration and set of events, to the bit.
struct Report {
  std::uint32_t format = 1;
  std::string experiment;
  std::optional<Time> as_of;       ///< what was known then: changes and events received up to it; absent = all
  std::optional<Time> until;       ///< events with te up to it; absent = all
  std::optional<Time> data_until;  ///< the latest te that it saw, of any event of the environment; absent: none
  std::uint64_t config_version = 0;
  JudgedPlan plan;
  Verdict verdict;
  std::vector<Check> checks;
  std::vector<Check> trust;  ///< further doubts, for people (trust.hpp)
  Counts counts;
  std::optional<Remaining> remaining;  ///< while it runs and a goal is not clear
  std::vector<Row> results;            ///< in the order of the plan's metrics, then of the variants
  std::vector<Slice> segments;         ///< those of the plan, at alpha divided by their number (segments.hpp)
  std::vector<Slice> series;           ///< always empty in this format
  Ledger ledger;
  Digest digest;

  friend bool operator==(const Report&, const Report&) = default;
};

}  // namespace touchstone::judge
