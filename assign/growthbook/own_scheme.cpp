#include "assign/growthbook/own_scheme.hpp"

#include <algorithm>
#include <utility>

#include "assign/growthbook/bucketing.hpp"
#include "assign/planner.hpp"

namespace touchstone::assign::growthbook {
namespace {

constexpr std::int64_t version = 2;

template <class Range>
dialect::Band band(const Range& range, dialect::Target to) {
  return {static_cast<double>(range.begin) / slot_count, static_cast<double>(range.end) / slot_count, to};
}

dialect::Step step_under(const std::string& salt) {
  dialect::Step step;
  step.draw = *draw_of(version, salt, dialect::Encoding::utf16);
  return step;
}

}  // namespace

SlotRanges entered_slots(const LayerDocument& layer, const ExperimentDocument& experiment) {
  SlotRanges entered;
  for (const auto& entry : experiment.entry)
    for (const auto& open : free_slots(layer.holdout)) {
      const SlotRange both{std::max(entry.begin, open.begin), std::min(entry.end, open.end)};
      if (both.begin < both.end) entered.push_back(both);
    }
  return entered;
}

dialect::Program own_program(const LayerDocument& layer, const ExperimentDocument& experiment) {
  dialect::Program program;
  program.start = dialect::step(0);
  for (const auto& variant : experiment.variants) program.variants.push_back(variant.key);
  auto entry = step_under(layer.salt);
  for (const auto& range : entered_slots(layer, experiment)) entry.bands.push_back(band(range, dialect::step(1)));
  auto choice = step_under(experiment.salt);
  for (const auto& range : experiment.slots) choice.bands.push_back(band(range, dialect::variant(range.variant)));
  program.steps = {std::move(entry), std::move(choice)};
  return program;
}

}  // namespace touchstone::assign::growthbook
