#include "service/simulate/pool.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace touchstone::simulate {
namespace {

using judge::Amount;
using judge::AmountState;
using judge::Participation;

/// `share` is that of the pool.
Amount won_or_lost(Amount amount, double factor, double share, Random& random) {
  const bool changed =
      amount.value == 1 ? random.chance(1 - factor) : random.chance((factor - 1) * share / (1 - share));
  if (changed) amount.value = 1 - amount.value;
  if (changed && amount.bin != Amount::kNoBin) amount.bin = static_cast<std::uint8_t>(amount.value);
  return amount;
}

Amount multiplied(Amount amount, double factor, Random& random) {
  amount.value = static_cast<std::int64_t>(std::floor(factor * static_cast<double>(amount.value) + random.uniform()));
  return amount;
}

struct Came {
  Time at{};
  judge::UnitNumber person = 0;
  std::vector<Amount> amounts;
};

/// In the order in which they came.
std::vector<Came> controls(const judge::Study& study) {
  const auto& variants = study.experiment().variants;
  const auto control =
      static_cast<std::uint32_t>(std::ranges::find(variants, true, &storage::Variant::control) - variants.begin());
  std::vector<Came> came;
  study.for_each_record([&](judge::UnitNumber person, const Participation& part, std::span<const Amount> amounts) {
    if (part.exposures > 0 && part.variant == control && judge::analysed(part, study.experiment().plan.crossover))
      came.push_back({part.exposed_at, person, {amounts.begin(), amounts.end()}});
  });
  std::ranges::sort(came, {}, [](const Came& unit) { return std::pair(unit.at, unit.person); });
  return came;
}

/// A cap by percentile is that of the pool: it knows of no other units.
void cut(std::vector<Came>& came, std::size_t metric, double percentile, bool ignore_zeros) {
  std::vector<std::int64_t> amounts;
  for (const Came& unit : came) {
    const Amount& amount = unit.amounts[metric];
    if (amount.state == AmountState::present && (amount.value != 0 || !ignore_zeros)) amounts.push_back(amount.value);
  }
  const auto cap = judge::at_percentile(amounts, percentile);
  if (!cap) return;
  for (Came& unit : came) unit.amounts[metric].value = std::min(unit.amounts[metric].value, *cap);
}

}  // namespace

Pool pool_of(const judge::Study& study) {
  Pool pool{study.cells().shape.extra.columns(), {}};
  std::vector<Came> came = controls(study);
  for (std::size_t m = 0; m < study.metrics().size(); ++m)
    if (const auto& cap = study.metrics()[m].pooled_cap) cut(came, m, cap->percentile, cap->ignore_zeros);
  for (const Came& unit : came) pool.amounts.insert(pool.amounts.end(), unit.amounts.begin(), unit.amounts.end());
  return pool;
}

PoolMoments moments_of(const Pool& pool, std::size_t metric) {
  double n = 0;
  double mean = 0;
  double squares = 0;
  for (std::uint64_t unit = 0; unit < pool.units(); ++unit) {
    const Amount& amount = pool.of(unit)[metric];
    if (amount.state != AmountState::present) continue;
    n += 1;
    const double step = (static_cast<double>(amount.value) - mean) / n;
    squares += step * step * n * (n - 1);
    mean += step;
  }
  return {n / static_cast<double>(pool.units()), mean, squares / (n - 1)};
}

Behaviour behaviour_of(const Pool& pool, const Trial& trial, double factor, bool each_once) {
  const std::size_t changed = trial.changed;
  const bool share = storage::tells_share(trial.metrics[changed]);
  const double mean = moments_of(pool, changed).mean;
  return [=, &pool](const Entrant& who, Random& random, std::vector<Amount>& amounts) {
    std::ranges::copy(pool.of(each_once ? who.number : random.below(pool.units())), amounts.begin());
    Amount& amount = amounts[changed];
    if (who.variant == 0 || factor == 1 || amount.state != AmountState::present) return;
    amount = share ? won_or_lost(amount, factor, mean, random) : multiplied(amount, factor, random);
  };
}

}  // namespace touchstone::simulate
