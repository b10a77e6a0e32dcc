#pragma once

#include <span>
#include <vector>

#include "assign/snapshot.hpp"
#include "assign/subject.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/ofrep_json.hpp"

namespace touchstone::codec {

/// Exposures that events mean: an experiment may be met by an event, so that whoever sends no exposures is counted all
/// the same. The variant is the one that the configuration gives when the event arrives. Each event brings its own
/// exposure, under an id that follows from both: order and repetition change nothing.
class EventExposures {
 public:
  /// Both must outlive it; `memory` may be null.
  EventExposures(const assign::Snapshot& snapshot, const assign::Memory* memory) noexcept
      : snapshot_(&snapshot), memory_(memory) {}

  /// Adds to `into.exposures` what the event means for these units. Conditions see the event's properties and, where
  /// there is one, the context.
  void add(const storage::Event& event, std::span<const assign::Unit> units, assign::Attributes context,
           EventBody& into);

 private:
  const assign::Snapshot* snapshot_;
  const assign::Memory* memory_;
  JsonDocument properties_;
  OfrepReader reader_;
};

/// What the events of a body mean for the units that they name.
void add_exposures(EventBody& body, const assign::Snapshot& snapshot, const assign::Memory* memory);

}  // namespace touchstone::codec
