#include "service/judge/timeline.hpp"

#include <limits>

namespace touchstone::judge {

Exposure exposure_of(const storage::StoredEvent& stored, Names& names) {
  const storage::Event& event = stored.event;
  return {.te = stored.te,
          .id = names.keep(event.id),
          .experiment = names.number(event.experiment),
          .variant = names.number(event.variant),
          .unit_type = names.number(event.unit.type),
          .attributes = names.number(event.attributes)};
}

Occurrence occurrence_of(const storage::StoredEvent& stored, Names& names) {
  const storage::Event& event = stored.event;
  return {.te = stored.te,
          .value = event.value.value_or(std::numeric_limits<double>::quiet_NaN()),
          .name = names.number(event.name),
          .properties = names.number(event.attributes)};
}

namespace {

template <class Links, class Item>
void push(Links& links, std::uint32_t unit, std::uint32_t& head, const Item& item) {
  links.push_back({item, head, unit});
  head = static_cast<std::uint32_t>(links.size() - 1);
}

template <class Links, class Item>
void collect(const Links& links, std::uint32_t at, std::uint32_t end, std::vector<Item>& items) {
  for (; at != end; at = links[at].next) items.push_back(links[at].item);
}

}  // namespace

Timelines::Heads& Timelines::heads(std::uint32_t unit) {
  if (unit >= heads_.size()) heads_.resize(unit + 1);
  return heads_[unit];
}

void Timelines::append(std::uint32_t unit, const Exposure& exposure) {
  Heads& of = heads(unit);
  meet(of, exposure.experiment);
  push(exposures_, unit, of.latest.exposure, exposure);
}

void Timelines::append(std::uint32_t unit, const Occurrence& occurrence) {
  push(occurrences_, unit, heads(unit).latest.occurrence, occurrence);
}

void Timelines::meet(Heads& of, NameNumber experiment) {
  for (std::uint32_t at = of.met; at != kEnd; at = met_[at].next)
    if (met_[at].experiment == experiment) return;
  met_.push_back({experiment, of.met});
  of.met = static_cast<std::uint32_t>(met_.size() - 1);
}

void Timelines::forget(std::uint32_t unit) noexcept {
  if (unit < heads_.size()) heads_[unit] = {};
}

void Timelines::gather(std::uint32_t unit, Timeline& timeline) const {
  if (unit < heads_.size()) gather(heads_[unit].latest, {}, timeline);
}

void Timelines::gather_new(std::uint32_t unit, Timeline& timeline) const {
  if (unit < heads_.size()) gather(heads_[unit].latest, heads_[unit].settled, timeline);
}

void Timelines::gather(const Ends& from, const Ends& end, Timeline& timeline) const {
  collect(exposures_, from.exposure, end.exposure, timeline.exposures);
  collect(occurrences_, from.occurrence, end.occurrence, timeline.occurrences);
}

void Timelines::settle(std::uint32_t unit) noexcept {
  if (unit < heads_.size()) heads_[unit].settled = heads_[unit].latest;
}

}  // namespace touchstone::judge
