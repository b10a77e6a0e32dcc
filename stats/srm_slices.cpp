#include "stats/srm_slices.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "stats/distribution/gamma.hpp"
#include "stats/independence.hpp"
#include "stats/numeric/binomial.hpp"
#include "stats/numeric/tail.hpp"

namespace touchstone::stats {
namespace {

double log_mean(std::span<const double> logs) {
  double sum = -infinity;
  for (const double value : logs) sum = log_add(sum, value);
  return sum - std::log(static_cast<double>(logs.size()));
}

double log_e_together(std::span<const SlicePhases> slices) {
  SlicePhases all;
  std::vector<double> each;
  for (const SlicePhases& slice : slices) {
    all.insert(all.end(), slice.begin(), slice.end());
    each.push_back(sequential_srm(slice).log_e);
  }
  return log_mean(std::array{sequential_srm(all).log_e, log_mean(each)});
}

/// Pearson's statistics of independent slices add up.
Tail rest_of(std::span<const SlicePhases> slices, std::size_t without) {
  double chi2 = 0;
  int df = 0;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    if (i == without) continue;
    const SrmTest one = srm(slices[i]);
    chi2 += one.chi2;
    df += one.df;
  }
  return df > 0 ? chi_square_upper(chi2, df) : Tail{};
}

std::size_t worst_of(std::span<const SlicePhases> slices) {
  const auto evidence = [](const SlicePhases& slice) { return sequential_srm(slice).log_e; };
  return static_cast<std::size_t>(std::ranges::max_element(slices, {}, evidence) - slices.begin());
}

bool well_formed(std::span<const SlicePhases> slices) {
  return std::ranges::all_of(slices,
                             [](const SlicePhases& slice) { return sequential_srm(slice).status == Status::ok; });
}

/// By phase: units by slice and variant.
std::map<std::size_t, CountTable> tables(std::span<const SlicePhases> slices) {
  std::map<std::size_t, CountTable> made;
  for (const SlicePhases& slice : slices)
    for (std::size_t p = 0; p < slice.size(); ++p)
      if (std::ranges::any_of(slice[p].counts, [](auto n) { return n > 0; })) made[p].push_back(slice[p].counts);
  return made;
}

void compare_mix(SliceSplits& found, std::span<const SlicePhases> slices) {
  found.mix_chi2 = 0;
  for (const auto& [phase, table] : tables(slices)) {
    const Independence one = independence(table);
    found.mix_chi2 += one.chi2;
    found.mix_df += one.df;
  }
  if (found.mix_df > 0) found.mix = chi_square_upper(found.mix_chi2, found.mix_df);
}

}  // namespace

SliceSplits srm_by_slice(std::span<const SlicePhases> slices) {
  SliceSplits found;
  if (slices.empty()) return found;
  found.status = well_formed(slices) ? Status::ok : Status::out_of_range;
  if (found.status != Status::ok) return found;
  found.p = anytime_p(log_e_together(slices));
  found.worst = worst_of(slices);
  found.worst_split = srm(slices[found.worst]);
  found.rest = rest_of(slices, found.worst);
  compare_mix(found, slices);
  return found;
}

}  // namespace touchstone::stats
