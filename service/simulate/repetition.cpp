#include "service/simulate/repetition.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace touchstone::simulate {
namespace {

using judge::Report;
using judge::Row;

bool claims(const Row& row) {
  return row.role == storage::MetricRole::goal && (row.conclusion == "better" || row.conclusion == "worse");
}

bool any_claim(const Report& report) { return std::ranges::any_of(report.results, claims); }

bool claims_rise(const Row& row, const storage::Metric& metric) {
  return (row.conclusion == "better") == (metric.direction == storage::Direction::increase);
}

/// Rows come by metric, then by treatment.
std::span<const Row> changed_rows(const Trial& trial, const Report& report) {
  const std::size_t treatments = trial.experiment.variants.size() - 1;
  return std::span(report.results).subspan(trial.changed * treatments, treatments);
}

/// Units that had entered by the end of the look that decided the only comparison there is.
std::uint64_t decided_alone(const Trial& trial, const Row& row) {
  if (!row.always_valid.decided_at) return trial.units;
  const Micros since = *row.always_valid.decided_at - opening();
  return std::min(trial.units, units_by(trial, since / judge::kTickWithoutEnd));
}

/// Claims by looks are kept, however many share alpha: the hour of the first is found by halving.
std::uint64_t decided_among(const Trial& trial, const Behaviour& behaviour, Random random) {
  std::int64_t undecided = 0;
  std::int64_t decided = trial.hours;
  while (decided - undecided > 1) {
    const std::int64_t middle = (undecided + decided) / 2;
    Course course(trial, behaviour, random);
    course.enter(units_by(trial, middle));
    (any_claim(course.report()) ? decided : undecided) = middle;
  }
  return units_by(trial, decided);
}

std::uint64_t units_at_decision(const Trial& trial, const Behaviour& behaviour, const Report& report, Random random) {
  if (!any_claim(report) || !storage::walks_by_ticks(trial.experiment.plan.method)) return trial.units;
  if (report.results.size() == 1) return decided_alone(trial, report.results.front());
  return decided_among(trial, behaviour, random);
}

/// The same experiment, looked at as if each look were the only one.
Trial looked_at_once(Trial trial) {
  trial.experiment.plan.method = {"fixed-horizon", 1};
  trial.experiment.plan.horizon = {};
  return trial;
}

}  // namespace

Repetition repetition(const Trial& trial, const Behaviour& behaviour, Change planted, Random random) {
  Course course(trial, behaviour, random);
  course.enter(trial.units);
  const Report report = course.report();
  Repetition made{any_claim(report), 0, false, units_at_decision(trial, behaviour, report, random),
                  report.verdict.code};
  if (planted == Change::none) return made;
  const auto rows = changed_rows(trial, report);
  for (const Row& row : rows) {
    const bool right = claims_rise(row, trial.metrics[trial.changed]) == (planted == Change::rise);
    if (claims(row)) made.found += right ? 1.0 / static_cast<double>(rows.size()) : 0;
    made.wrong_sign = made.wrong_sign || (claims(row) && !right);
  }
  return made;
}

bool claimed_by_peeking(const Trial& trial, const Behaviour& behaviour, int looks, Random random) {
  const Trial peeked = looked_at_once(trial);
  Course course(peeked, behaviour, random);
  for (int look = 1; look <= looks; ++look) {
    course.enter(trial.units * static_cast<std::uint64_t>(look) / static_cast<std::uint64_t>(looks));
    if (any_claim(course.report())) return true;
  }
  return false;
}

Average average(std::span<const double> values) noexcept {
  const auto n = static_cast<double>(values.size());
  const double mean = std::reduce(values.begin(), values.end()) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / (n - 1) / n)};
}

Summary summary(std::span<const Repetition> repetitions) {
  const auto over = [&](auto figure) {
    std::vector<double> values;
    for (const Repetition& made : repetitions) values.push_back(static_cast<double>(figure(made)));
    return average(values);
  };
  Summary summary{over([](const Repetition& made) { return made.claimed ? 1 : 0; }),
                  over([](const Repetition& made) { return made.found; }),
                  over([](const Repetition& made) { return made.wrong_sign ? 1 : 0; }),
                  over([](const Repetition& made) { return made.units; }),
                  {}};
  for (const Repetition& made : repetitions) ++summary.verdicts[made.verdict];
  return summary;
}

}  // namespace touchstone::simulate
