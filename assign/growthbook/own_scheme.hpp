#pragma once

#include "assign/dialect/program.hpp"
#include "assign/document.hpp"

namespace touchstone::assign::growthbook {

/// How an experiment of ours under the scheme growthbook-2 assigns: by the two draws of the native scheme, with the
/// hash of GrowthBook's version 2 in place of MurmurHash3 and ids as UTF-16 units, as its SDKs in JavaScript read them.
/// The draw under the layer's salt is a filter to them, the slot map their ranges. Slots are met in steps of 100: that
/// hash counts to 10,000.
[[nodiscard]] dialect::Program own_program(const LayerDocument& layer, const ExperimentDocument& experiment);

/// The entry slots of the experiment without those of the layer's holdout.
[[nodiscard]] SlotRanges entered_slots(const LayerDocument& layer, const ExperimentDocument& experiment);

}  // namespace touchstone::assign::growthbook
