#include "service/judge/measure.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "stats/wide_integer.hpp"
#include "storage/attribute.hpp"

namespace touchstone::judge {
namespace {

using stats::Int128;
using storage::Aspect;
using storage::Metric;
using storage::MetricKind;
using storage::ScoreForm;

constexpr std::array<std::int64_t, 7> kPowers{1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};

Int128 power(int decimals) { return kPowers.at(static_cast<std::size_t>(decimals)); }

std::int64_t scaled_cap(const Metric& metric) {
  return std::llrint(*metric.cap * static_cast<double>(power(amount_decimals(metric))));
}

Counted counted(const storage::MetricEvent& event, Names& names) {
  return {names.number(event.event), false, event.property.value_or(""), event.of, event.filter};
}

/// One unit's events as one measure sees them.
struct Seen {
  const Measure& measure;
  const Names& names;
  Time exposed_at;
  const Timeline& timeline;
  Time from;   ///< events count from here on ...
  Time until;  ///< ... and before this
};

Seen after(const Measure& measure, const Names& names, Time exposed_at, const Timeline& timeline) {
  const Time opens = exposed_at + measure.window.delay;
  const Time closes = measure.window.length ? opens + *measure.window.length : Time::max();
  return {measure, names, exposed_at, timeline, opens, closes};
}

bool counts(const Seen& seen, const Counted& what, const Occurrence& occurrence) {
  return (occurrence.name == what.event || what.any) && occurrence.te >= seen.from && occurrence.te < seen.until &&
         (what.filter.empty() || passes(what.filter, seen.names.text(occurrence.properties)));
}

template <class Visit>
void for_each(const Seen& seen, const Counted& what, Visit&& visit) {
  for (const Occurrence& occurrence : seen.timeline.occurrences)
    if (counts(seen, what, occurrence)) visit(occurrence);
}

std::optional<double> value_of(const Counted& what, const Names& names, const Occurrence& occurrence) {
  if (!what.property.empty()) return storage::numeric_attribute(names.text(occurrence.properties), what.property);
  return std::isnan(occurrence.value) ? std::nullopt : std::optional(occurrence.value);
}

/// What the counted events of one unit add up to.
struct Tally {
  std::int64_t events = 0;  ///< where values are added: those with a value
  Int128 total = 0;
  bool beyond = false;
};

bool beyond(Int128 amount) { return amount > kLargestAmount || amount < -kLargestAmount; }

/// Nothing where it is out of range.
std::optional<std::int64_t> scaled(double value, int decimals) {
  const double amount = value * static_cast<double>(power(decimals));
  if (!(std::abs(amount) <= static_cast<double>(kLargestAmount))) return std::nullopt;
  return std::llrint(amount);
}

void add_value(Tally& tally, double value, int decimals) {
  const auto amount = scaled(value, decimals);
  tally.beyond |= !amount;
  tally.events += amount ? 1 : 0;
  tally.total += amount.value_or(0);
}

Tally values(const Seen& seen, const Counted& what) {
  Tally tally;
  for_each(seen, what, [&](const Occurrence& occurrence) {
    if (const auto value = value_of(what, seen.names, occurrence)) add_value(tally, *value, seen.measure.decimals);
  });
  return tally;
}

Tally occurrences(const Seen& seen, const Counted& what) {
  Tally tally;
  for_each(seen, what, [&](const Occurrence&) { ++tally.events; });
  tally.total = tally.events;
  return tally;
}

/// Half away from zero.
Int128 rounded(Int128 numerator, Int128 denominator) {
  const Int128 half = numerator < 0 ? -denominator : denominator;
  return (2 * numerator + half) / (2 * denominator);
}

Amount in_range(Int128 amount) {
  if (beyond(amount)) return {0, AmountState::beyond};
  return {static_cast<std::int64_t>(amount), AmountState::present};
}

Amount total(const Measure& measure, const Tally& tally) {
  if (tally.beyond) return {0, AmountState::beyond};
  return in_range(measure.cap ? std::min<Int128>(tally.total, *measure.cap) : tally.total);
}

Amount average(const Measure& measure, const Tally& tally) {
  if (tally.beyond) return {0, AmountState::beyond};
  if (tally.events == 0) return {0, AmountState::absent};
  return in_range(rounded(tally.total * power(6) / power(measure.decimals), tally.events));
}

bool any(const Seen& seen, const Counted& what) {
  return std::ranges::any_of(seen.timeline.occurrences,
                             [&](const Occurrence& event) { return counts(seen, what, event); });
}
bool any(const Seen& seen) { return any(seen, seen.measure.what); }

bool anything(const Seen& seen) {
  return any(seen) || std::ranges::any_of(seen.measure.others, [&](const Counted& other) { return any(seen, other); });
}

Amount share(bool holds) { return {holds ? 1 : 0, AmountState::present}; }

Amount ratio_part(const Seen& seen, const Counted& what) {
  return total(seen.measure, what.of == Aspect::value ? values(seen, what) : occurrences(seen, what));
}

/// An answer that is on the scale.
std::optional<int> on_scale(const storage::Score& score, double answer) {
  if (!(answer >= score.lowest && answer <= score.highest) || answer != std::floor(answer)) return std::nullopt;
  return static_cast<int>(answer);
}

Amount answered(const Seen& seen) {
  const storage::Score& score = *seen.measure.score;
  std::optional<std::pair<Time, int>> first;
  bool off_scale = false;
  for_each(seen, seen.measure.what, [&](const Occurrence& occurrence) {
    const auto value = value_of(seen.measure.what, seen.names, occurrence);
    const auto answer = value ? on_scale(score, *value) : std::nullopt;
    off_scale |= value && !answer;
    if (answer && (!first || std::pair(occurrence.te, *answer) < *first)) first.emplace(occurrence.te, *answer);
  });
  if (first)
    return {scored(score, first->second), AmountState::present,
            static_cast<std::uint8_t>(first->second - score.lowest)};
  const int beside = score.highest - score.lowest + 1;
  return {0, AmountState::absent, off_scale ? static_cast<std::uint8_t>(beside) : Amount::kNoBin};
}

/// The time of the earliest event that may be the next step; Time::max() without one.
Time next_step(const Seen& seen, const Counted& step, const Counted* before, Time at) {
  const bool strictly = before != nullptr && before->event == step.event;
  Time earliest = Time::max();
  for_each(seen, step, [&](const Occurrence& occurrence) {
    if (strictly ? occurrence.te > at : occurrence.te >= at) earliest = std::min(earliest, occurrence.te);
  });
  return earliest;
}

/// To take each step as early as can be leaves most for those that follow.
Amount walked(const Seen& seen) {
  std::uint8_t steps = 0;
  const Counted* before = nullptr;
  Time at = Time::min();
  for (std::size_t i = 0; i <= seen.measure.others.size(); ++i) {
    const Counted& step = i == 0 ? seen.measure.what : seen.measure.others[i - 1];
    at = next_step(seen, step, before, at);
    if (at == Time::max()) break;
    before = &step;
    ++steps;
  }
  return {steps == seen.measure.others.size() + 1 ? 1 : 0, AmountState::present, steps};
}

Amount waited(const Seen& seen) {
  const storage::Window& window = seen.measure.window;
  Micros until = window.delay + *window.length;
  for_each(seen, seen.measure.what,
           [&](const Occurrence& occurrence) { until = std::min(until, occurrence.te - seen.exposed_at); });
  return in_range(rounded(Int128(until.count()) * power(seen.measure.decimals), Micros::period::den));
}

/// The earliest value, or with `turned` the latest.
Amount one_value(const Seen& seen, bool turned) {
  std::optional<std::pair<Micros, double>> best;
  for_each(seen, seen.measure.what, [&](const Occurrence& occurrence) {
    const auto value = value_of(seen.measure.what, seen.names, occurrence);
    if (!value) return;
    const Micros at = occurrence.te.time_since_epoch();
    const auto candidate = turned ? std::pair(-at, -*value) : std::pair(at, *value);
    if (!best || candidate < *best) best = candidate;
  });
  if (!best) return {0, AmountState::absent};
  Tally tally;
  add_value(tally, turned ? -best->second : best->second, seen.measure.decimals);
  return total(seen.measure, tally);
}

Amount worth(const Seen& seen) {
  Tally tally = values(seen, seen.measure.what);
  for (const Counted& less : seen.measure.others) {
    const Tally lost = values(seen, less);
    tally.total -= lost.total;
    tally.beyond |= lost.beyond;
  }
  return total(seen.measure, tally);
}

/// How many of its events a unit adds.
Amount number_of_values(const Seen& seen) {
  const Tally tally = values(seen, seen.measure.what);
  if (tally.beyond) return {0, AmountState::beyond};
  return {tally.events, tally.events > 0 ? AmountState::present : AmountState::absent};
}

Amount amount(const Seen& seen) {
  switch (const Measure& measure = seen.measure; measure.kind) {
    case MetricKind::proportion:
    case MetricKind::retention:
      return share(any(seen));
    case MetricKind::churn:
      return share(any(seen) != measure.by_inactivity);
    case MetricKind::count:
      return total(measure, occurrences(seen, measure.what));
    case MetricKind::sum:
      return total(measure, values(seen, measure.what));
    case MetricKind::mean:
      return average(measure, values(seen, measure.what));
    case MetricKind::score:
      return answered(seen);
    case MetricKind::ratio:
      return ratio_part(seen, measure.what);
    case MetricKind::funnel:
      return walked(seen);
    case MetricKind::duration:
      return waited(seen);
    case MetricKind::first_value:
      return one_value(seen, false);
    case MetricKind::last_value:
      return one_value(seen, true);
    case MetricKind::lifetime_value:
      return worth(seen);
    case MetricKind::quantile:
      return number_of_values(seen);
  }
  throw std::invalid_argument("a metric of unknown kind");
}

/// Day and amount, 0 <= day < days, in order.
std::vector<std::pair<int, Int128>> daily(const Seen& seen, int days, bool& beyond) {
  std::vector<std::pair<int, Int128>> all;
  for_each(seen, seen.measure.what, [&](const Occurrence& occurrence) {
    const auto day = (occurrence.te - seen.from) / std::chrono::hours(24);
    if (day >= days) return;
    Tally tally{1, 1};
    if (seen.measure.kind == MetricKind::sum) {
      const auto value = value_of(seen.measure.what, seen.names, occurrence);
      tally = {};
      if (value) add_value(tally, *value, seen.measure.decimals);
    }
    beyond |= tally.beyond;
    all.emplace_back(static_cast<int>(day), tally.total);
  });
  std::ranges::sort(all);
  if (seen.measure.kind == MetricKind::proportion) all.erase(std::ranges::unique(all).begin(), all.end());
  return all;
}

/// What is left of the amounts of the days so far.
Int128 capped(const Measure& measure, Int128 so_far) {
  return measure.cap ? std::min<Int128>(so_far, *measure.cap) : so_far;
}

}  // namespace

ByAge by_age(const Measure& measure, const Names& names, Time exposed_at, const Timeline& timeline, int days) {
  ByAge made;
  Int128 so_far = 0;
  std::array<Int128, 3> sums{};
  for (const auto& [day, amount] : daily(after(measure, names, exposed_at, timeline), days, made.beyond)) {
    const Int128 added = capped(measure, so_far + amount) - capped(measure, so_far);
    so_far += amount;
    sums[0] += added;
    sums[1] += day * added;
    sums[2] += day * (day * added);
  }
  made.beyond |= std::ranges::any_of(sums, [](Int128 sum) { return beyond(sum); });
  if (made.beyond) return {.beyond = true};
  made.total = static_cast<std::int64_t>(sums[0]);
  made.first = static_cast<std::int64_t>(sums[1]);
  made.second = static_cast<std::int64_t>(sums[2]);
  return made;
}

Measure measure(const Metric& metric, Names& names) {
  Measure made{
      .kind = metric.kind,
      .what = {names.number(metric.event), metric.event == "*", metric.property.value_or(""), metric.of, metric.filter},
      .others = {},
      .decimals = metric.decimals,
      .window = metric.window,
      .score = metric.score,
      .cap = metric.cap ? std::optional(scaled_cap(metric)) : std::nullopt,
      .by_inactivity = metric.by_inactivity,
      .covariate = metric.covariate};
  for (const storage::MetricEvent& other : metric.others) made.others.push_back(counted(other, names));
  return made;
}

int amount_decimals(const Metric& metric) noexcept {
  if (metric.kind == MetricKind::mean) return 6;
  const bool counted = metric.kind == MetricKind::count || metric.kind == MetricKind::quantile;
  if (storage::tells_share(metric) || counted || metric.kind == MetricKind::score) return 0;
  return metric.kind == MetricKind::ratio && metric.of == Aspect::occurrence ? 0 : metric.decimals;
}

int denominator_decimals(const Metric& metric) noexcept {
  return metric.others.empty() || metric.others.front().of == Aspect::occurrence ? 0 : metric.decimals;
}

std::int64_t scored(const storage::Score& score, int answer) {
  switch (score.form) {
    case ScoreForm::nps:
      return answer >= 9 ? 100 : answer <= 6 ? -100 : 0;
    case ScoreForm::csat:
      return answer >= score.top ? 1 : 0;
    case ScoreForm::csat_mean:
    case ScoreForm::ces:
      return answer;
  }
  throw std::invalid_argument("a score of unknown form");
}

std::optional<std::int64_t> level_top(const Metric& metric) {
  if (metric.covariate) return std::nullopt;
  if (metric.cap) return scaled_cap(metric);
  if (metric.kind != MetricKind::duration) return std::nullopt;
  return static_cast<std::int64_t>(rounded(
      Int128((metric.window.delay + *metric.window.length).count()) * power(metric.decimals), Micros::period::den));
}

std::size_t bins(const Metric& metric, Sorting sorting) {
  if (sorting == Sorting::by_level && level_top(metric)) return kLevels;
  if (metric.kind == MetricKind::score)
    return static_cast<std::size_t>(metric.score->highest - metric.score->lowest) + 2;
  if (metric.covariate) return 1;
  return metric.kind == MetricKind::funnel ? metric.others.size() + 2 : 0;
}

std::uint8_t level_of(std::int64_t amount, std::int64_t top) noexcept {
  const Int128 within = std::clamp<std::int64_t>(amount, 0, top);
  return static_cast<std::uint8_t>(rounded(within * Int128(kLevels - 1), top));
}

Amount amount(const Measure& measure, const Names& names, Time exposed_at, const Timeline& timeline) {
  Amount made = amount(after(measure, names, exposed_at, timeline));
  if (measure.level_top && made.state == AmountState::present) made.bin = level_of(made.value, *measure.level_top);
  return made;
}

std::vector<std::int64_t> event_amounts(const Measure& measure, const Names& names, Time exposed_at,
                                        const Timeline& timeline) {
  std::vector<std::int64_t> amounts;
  for_each(after(measure, names, exposed_at, timeline), measure.what, [&](const Occurrence& occurrence) {
    const auto value = value_of(measure.what, names, occurrence);
    const auto amount = value ? scaled(*value, measure.decimals) : std::nullopt;
    if (amount) amounts.push_back(*amount);
  });
  std::ranges::sort(amounts);
  return amounts;
}

Amount denominator(const Measure& measure, const Names& names, Time exposed_at, const Timeline& timeline) {
  return ratio_part(after(measure, names, exposed_at, timeline), measure.others.front());
}

namespace {

Seen ahead_of(const Measure& measure, const Names& names, Time exposed_at, const Timeline& timeline) {
  return {measure, names, exposed_at, timeline, exposed_at - measure.covariate.value(), exposed_at};
}

/// A sum, or a number, of some more.
bool add(const Measure& measure, const Amount& more, Amount& known) {
  if (more.state != AmountState::present) return false;
  if (more.value == 0) return true;
  // What lies at its cap may have been any way beyond it.
  const bool at_cap = measure.cap && (known.value == *measure.cap || more.value == *measure.cap);
  const Int128 sum = Int128(known.value) + more.value;
  if ((at_cap && measure.kind != MetricKind::count) || beyond(sum)) return false;
  known.value = static_cast<std::int64_t>(measure.cap ? std::min<Int128>(sum, *measure.cap) : sum);
  return true;
}

bool follow_kind(const Seen& since, Amount& known, Amount* second) {
  const Measure& measure = since.measure;
  switch (measure.kind) {
    case MetricKind::proportion:
    case MetricKind::retention:
      known.value = 1;
      return true;
    case MetricKind::churn:
      known.value = measure.by_inactivity ? 0 : 1;
      return true;
    case MetricKind::count:
    case MetricKind::sum:
      return add(measure, amount(since), known);
    case MetricKind::ratio:
      return add(measure, ratio_part(since, measure.what), known) &&
             add(measure, ratio_part(since, measure.others.front()), *second);
    default:
      return false;
  }
}

}  // namespace

bool follow(const Measure& measure, const Names& names, Time exposed_at, const Timeline& news, Amount& known,
            Amount* second) {
  if (measure.covariate && anything(ahead_of(measure, names, exposed_at, news))) return false;
  const Seen since = after(measure, names, exposed_at, news);
  if (!anything(since)) return true;
  if (known.state != AmountState::present || !follow_kind(since, known, second)) return false;
  if (measure.level_top) known.bin = level_of(known.value, *measure.level_top);
  return true;
}

std::optional<ByAge> sum(const Measure& measure, const ByAge& age, const ByAge& more) noexcept {
  const bool maybe_the_same_day = measure.kind == MetricKind::proportion && age != ByAge{};
  if (measure.cap || maybe_the_same_day || age.beyond || more.beyond) return std::nullopt;
  const ByAge both{age.total + more.total, age.first + more.first, age.second + more.second};
  if (beyond(both.total) || beyond(both.first) || beyond(both.second)) return std::nullopt;
  return both;
}

Amount covariate(const Measure& measure, const Names& names, Time exposed_at, const Timeline& timeline) {
  const Seen before = ahead_of(measure, names, exposed_at, timeline);
  Amount made = amount(before);
  if (!anything(before)) made.bin = kWithoutHistory;
  return made;
}

}  // namespace touchstone::judge
