#include "service/judge/timeline.hpp"

#include <limits>

namespace touchstone::judge {

Exposure exposure_of(const storage::StoredEvent& stored, Names& names) {
  const storage::Event& event = stored.event;
  return {.te = stored.te,
          .id = names.number(event.id),
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
  push(exposures_, unit, heads(unit).exposure, exposure);
}

void Timelines::append(std::uint32_t unit, const Occurrence& occurrence) {
  push(occurrences_, unit, heads(unit).occurrence, occurrence);
}

void Timelines::forget(std::uint32_t unit) noexcept {
  if (unit < heads_.size()) heads_[unit] = {};
}

void Timelines::gather(std::uint32_t unit, Timeline& timeline) const {
  if (unit >= heads_.size()) return;
  collect(exposures_, heads_[unit].exposure, kEnd, timeline.exposures);
  collect(occurrences_, heads_[unit].occurrence, kEnd, timeline.occurrences);
}

}  // namespace touchstone::judge
