#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "stats/srm.hpp"

/// Sample ratio mismatch by a value that units carried when they entered: which slice of them is not split as planned?
namespace touchstone::stats {

/// All phases of one slice, also those in which it has no units; phases and variants stand in the same order in all
/// slices.
using SlicePhases = std::vector<Split>;

struct SliceSplits {
  Status status = Status::no_data;
  Tail p;                       ///< all slices: 1/e at this look, see below
  std::size_t worst = 0;        ///< the slice that has most to do with it
  SrmTest worst_split;          ///< Pearson, of it alone
  Tail rest;                    ///< Pearson, of the others against the plan; undefined where there is no other
  double mix_chi2 = undefined;  ///< are the shares of the slices those of every variant, whatever the split?
  int mix_df = 0;
  Tail mix;  ///< Pearson at one look, phases added
};

/// For each slice the e-value of sequential_srm against the plan. All slices together: half the product, which finds
/// what is spread over many, half the mean, which finds what one did; the mean is what corrects for their number. An
/// e-value at every look for slices named beforehand.
[[nodiscard]] SliceSplits srm_by_slice(std::span<const SlicePhases> slices);

}  // namespace touchstone::stats
