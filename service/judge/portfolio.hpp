#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "service/judge/report.hpp"
#include "storage/experiment.hpp"

/// What a company's experiments come to together.
namespace touchstone::judge {

/// One of them, with the report that people read.
struct PastExperiment {
  std::string key;
  std::string name;
  storage::ExperimentState state = storage::ExperimentState::running;
  Time started{};
  std::optional<Time> ended;             ///< where it is stopped or archived
  std::optional<std::string> shipped;    ///< the variant that people decided on last, if that was to ship one
  std::shared_ptr<const Report> report;  ///< null where none could be made
};

/// Relative changes, at 95 %. Absent: status of the prior says why.
struct Lift {
  double estimate = 0;
  double low = 0;
  double high = 0;

  friend bool operator==(const Lift&, const Lift&) = default;
};

/// A treatment's change of its experiment's first goal.
struct PastEffect {
  std::string experiment;
  std::string name;
  std::string metric;
  std::string variant;
  bool shipped = false;
  Lift raw;  ///< at one look, whatever the plan's method
  std::optional<Lift> shrunken;
  std::optional<double> kept;  ///< share of its distance from the mean that is believed
};

/// All that was shipped and moves one metric: ratios multiply, so two changes of 10 % are one of 21 %.
struct Shipped {
  std::string metric;
  std::uint64_t experiments = 0;
  Lift raw;
  std::optional<Lift> shrunken;
};

struct Month {
  std::string month;  ///< "2026-11", UTC
  std::uint64_t started = 0;
  std::uint64_t ended = 0;
};

struct LeftOut {
  std::string experiment;
  std::string name;
  std::string reason;  ///< do_not_trust, no_data, no_goal, no_report, or the status of its relative change
};

struct VerdictCount {
  std::string code;
  std::uint64_t experiments = 0;
};

/// The law of the true changes, on the scale of logarithms of ratios, where a rise is for the better. Its spread s says
/// that most of them lie within about 2 s.
struct PortfolioPrior {
  std::string status = "no_data";  ///< ok, or why nothing is shrunken: insufficient_data below four changes
  std::uint64_t effects = 0;
  std::optional<Lift> mean;
  std::optional<double> spread;
};

struct Portfolio {
  std::uint64_t experiments = 0;  ///< that have begun
  std::uint64_t running = 0;      ///< or are paused
  std::uint64_t ended = 0;
  std::optional<double> per_month;     ///< begun, over the months from the first on; absent without any
  std::vector<Month> months;           ///< from the first to the last in which one began or ended: 120 at most
  std::vector<VerdictCount> verdicts;  ///< of those that ended
  std::uint64_t judged = 0;            ///< ended with a verdict that may be believed
  std::uint64_t wins = 0;              ///< of them, those whose verdict was ship or ship_with_care
  std::optional<Lift> win_rate;        ///< share with its Wilson interval
  PortfolioPrior prior;
  std::vector<PastEffect> effects;  ///< the largest gain, as it is believed, in front
  std::vector<Shipped> shipped;     ///< by metric
  std::vector<LeftOut> left_out;    ///< of the effects
};

/// Pure. `now` ends the last month. Errors: none; what cannot be told is absent.
[[nodiscard]] Portfolio portfolio(std::span<const PastExperiment> experiments, Time now);

/// Why the believed figures differ from what the reports show, in plain words.
[[nodiscard]] std::string explanation(const Portfolio& portfolio);

}  // namespace touchstone::judge
