#include "service/codec/event_exposures.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "assign/event_exposure.hpp"
#include "assign/tables.hpp"

namespace touchstone::codec {
namespace {

using storage::Event;

bool exposes(const assign::Tables& tables, std::string_view event) {
  return std::ranges::any_of(tables.exposed_by_event,
                             [&](std::uint32_t number) { return tables.details[number].exposure_event == event; });
}

void append_sized(std::string& bytes, std::string_view text) {
  bytes.append(std::to_string(text.size())).append(1, ':').append(text);
}

/// Without the variant: an event that is sent again after the weights moved brings nothing new.
std::string id_of(const Event& event, const assign::Exposure& met) {
  std::string bytes;
  for (const auto part : {event.id, event.attributes, met.experiment, met.unit.type, met.unit.id})
    append_sized(bytes, part);
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                     nullptr, 0);
  std::array<char, 2 * hash.size() + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return std::string("e-").append(hex.data());
}

Event exposure_of(const Event& event, const assign::Exposure& met, std::int64_t config_version,
                  assign::TextArena& text) {
  Event exposure;
  exposure.type = storage::EventType::exposure;
  exposure.id = text.keep(id_of(event, met));
  exposure.unit = {text.keep(met.unit.type), text.keep(met.unit.id)};
  exposure.ts = event.ts;
  exposure.experiment = text.keep(met.experiment);
  exposure.variant = text.keep(met.variant);
  exposure.config_version = static_cast<std::uint64_t>(config_version);
  return exposure;
}

}  // namespace

void EventExposures::add(const Event& event, std::span<const assign::Unit> units, assign::Attributes context,
                         EventBody& into) {
  if (event.type != storage::EventType::event || !exposes(snapshot_->tables(), event.name)) return;
  reader_.clear();
  if (!event.attributes.empty() && properties_.read(event.attributes).ok()) (void)reader_.add(properties_.root(), {});
  std::vector<assign::Attribute> known = reader_.request().attributes;
  const auto properties = known.size();
  known.insert(known.end(), context.begin(), context.end());
  const assign::Subject subject{units, known, {}, {}, memory_};
  for (const auto& decision :
       assign::exposed_by_event(*snapshot_, event.name, std::span(known).first(properties), subject))
    into.exposures.push_back(exposure_of(event, *decision.exposure, snapshot_->config_version(), into.batch.text));
}

void add_exposures(EventBody& body, const assign::Snapshot& snapshot, const assign::Memory* memory) {
  if (snapshot.tables().exposed_by_event.empty()) return;
  EventExposures exposures(snapshot, memory);
  for (const auto& event : body.batch.events) {
    const assign::Unit unit{event.unit.type, event.unit.id};
    exposures.add(event, {&unit, 1}, {}, body);
  }
}

}  // namespace touchstone::codec
