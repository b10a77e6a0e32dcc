#include "stats/fixed/quantile_arms.hpp"

#include <algorithm>
#include <cmath>

#include "stats/distribution/normal.hpp"
#include "stats/strata.hpp"
#include "stats/wide_integer.hpp"

namespace touchstone::stats {
namespace {

/// One arm of one stratum that counts.
struct Part {
  const SortedEvents* arm;
  double weight;

  [[nodiscard]] double events() const { return static_cast<double>(arm->sorted.size()); }
  [[nodiscard]] double units() const { return static_cast<double>(arm->sample->units()); }
};

/// How the units of an arm and stratum differ in their events up to the cut.
struct Spread {
  double squares = 0;   ///< sum of (s - F n)^2: s of a unit's n events do not exceed the cut, F the share of all
  std::int64_t df = 0;  ///< units on the side of the cut that fewer are on, less one
};

Spread spread(const EventSample& sample, std::int64_t cut) {
  Int128 ss = 0;
  Int128 sn = 0;
  Int128 nn = 0;
  std::int64_t below = 0;
  std::int64_t with_below = 0;
  std::int64_t with_above = 0;
  sample.for_each_unit([&](std::span<const std::int64_t> unit) {
    const auto n = static_cast<std::int64_t>(unit.size());
    const std::int64_t s = std::ranges::count_if(unit, [cut](std::int64_t amount) { return amount <= cut; });
    ss += Int128(s) * s;
    sn += Int128(s) * n;
    nn += Int128(n) * n;
    below += s;
    with_below += s > 0 ? 1 : 0;
    with_above += s < n ? 1 : 0;
  });
  const Int128 all = sample.events();
  const auto squares = static_cast<double>(all * all * ss - 2 * all * below * sn + Int128(below) * below * nn);
  return {squares / (static_cast<double>(all) * static_cast<double>(all)), std::min(with_below, with_above) - 1};
}

/// As if all events of a unit fell on the same side: nothing can be further from independent.
Spread widest_spread(const EventSample& sample, double which) {
  Int128 nn = 0;
  sample.for_each_unit([&](std::span<const std::int64_t> unit) { nn += Int128(unit.size()) * Int128(unit.size()); });
  return {which * (1 - which) * static_cast<double>(nn), sample.units() - 1};
}

/// Where the share of events is nearest to the one asked for: of whole amounts many are the same, and the quantile is
/// anywhere within one of them. Of two as near the upper one, whatever the last digits say.
std::int64_t nearest_cut(const EventCurve& curve, double which) {
  const auto at = static_cast<std::int64_t>(curve.at(which));
  const double below = curve.share_to(at - 1);
  const double up_to = curve.share_to(at);
  const bool nearer = which - below < (up_to - which) * (1 - 1e-9);
  return below > 0 && (nearer || !(up_to < 1)) ? at - 1 : at;
}

/// Of each part, as they would be where the share is the one asked for.
std::vector<Spread> spreads(const QuantileArm& arm, std::span<const Part> parts) {
  const std::int64_t cut = nearest_cut(arm.curve, arm.which);
  const double share = arm.curve.share_to(cut);
  const bool all_alike = !(share < 1);
  std::vector<Spread> all;
  for (const Part& part : parts) {
    all.push_back(all_alike ? widest_spread(*part.arm->sample, arm.which) : spread(*part.arm->sample, cut));
    if (!all_alike) all.back().squares *= arm.which * (1 - arm.which) / (share * (1 - share));
  }
  return all;
}

/// Standard error of a share, from a variance per unit in each part.
template <class PerUnit>
double share_se(std::span<const Part> parts, PerUnit&& per_unit) {
  double variance = 0;
  for (std::size_t k = 0; k < parts.size(); ++k)
    variance += std::pow(parts[k].weight / parts[k].events(), 2) * parts[k].units() * per_unit(k);
  return std::sqrt(variance);
}

double independent_variance(double which, std::span<const Part> parts) {
  double variance = 0;
  for (const Part& part : parts) variance += part.weight * part.weight * which * (1 - which) / part.events();
  return variance;
}

QuantileArm arm_of(double which, std::span<const Part> parts) {
  QuantileArm arm;
  arm.which = which;
  for (const Part& part : parts) {
    arm.curve.add(part.arm->sorted, part.weight);
    arm.units += part.arm->sample->units();
    arm.events += part.arm->sample->events();
  }
  arm.estimate = arm.curve.quantile(which);
  for (const Part& part : parts)
    arm.above += part.arm->sorted.end() - std::ranges::upper_bound(part.arm->sorted, arm.estimate, {}, [](auto amount) {
                   return static_cast<double>(amount);
                 });
  return arm;
}

void add_errors(QuantileArm& arm, std::span<const Part> parts, std::span<const Spread> of) {
  arm.share_se = share_se(parts, [&](std::size_t k) { return of[k].squares / (parts[k].units() - 1); });
  arm.design_effect = arm.share_se * arm.share_se / independent_variance(arm.which, parts);
  arm.df = 0;
  for (const Spread& spread : of) arm.df += static_cast<double>(spread.df);
}

void add_errors(QuantileArms& to, std::span<const Part> a, std::span<const Part> b) {
  const std::vector<Spread> of_a = spreads(to.a, a);
  const std::vector<Spread> of_b = spreads(to.b, b);
  add_errors(to.a, a, of_a);
  add_errors(to.b, b, of_b);
  const auto pooled = [&](std::size_t k) {
    return (of_a[k].squares + of_b[k].squares) / (a[k].units() + b[k].units() - 2);
  };
  to.a.pooled_se = share_se(a, pooled);
  to.b.pooled_se = share_se(b, pooled);
  if (std::min(to.a.df, to.b.df) < kFewestBeyond - 1) to.status = Status::insufficient_data;
}

std::int64_t events(const SortedEvents& of) { return of.sample->events(); }

}  // namespace

SortedEvents::SortedEvents(const EventSample& events) : sample(&events), sorted(events.amounts) {
  std::ranges::sort(sorted);
}

Interval QuantileArm::limits(double critical, double se) const noexcept {
  return {curve.at(which - critical * se), curve.at(which + critical * se)};
}

double QuantileArm::se() const noexcept {
  const double critical = normal_upper_quantile(0.025);
  const Interval known = limits(critical, share_se);
  if (known.bounded()) return (known.high - known.low) / (2 * critical);
  const double half = std::min(known.high - estimate, estimate - known.low) / critical;
  return std::isfinite(half) ? half : undefined;
}

QuantileArms quantile_arms(double which, std::span<const QuantileStratum> strata) {
  QuantileArms made;
  std::vector<Part> a;
  std::vector<Part> b;
  double total = 0;
  for (const QuantileStratum& stratum : strata) {
    if (events(*stratum.a) + events(*stratum.b) > 0) made.status = Status::insufficient_data;
    if (std::min(stratum.a->sample->units(), stratum.b->sample->units()) < kFewestClusters) continue;
    const double weight = harmonic_weight(events(*stratum.a), events(*stratum.b));
    total += weight;
    a.push_back({stratum.a, weight});
    b.push_back({stratum.b, weight});
  }
  if (a.empty()) return made;
  for (std::vector<Part>* parts : {&a, &b})
    for (Part& part : *parts) part.weight /= total;
  made.status = Status::ok;
  made.a = arm_of(which, a);
  made.b = arm_of(which, b);
  add_errors(made, a, b);
  return made;
}

}  // namespace touchstone::stats
