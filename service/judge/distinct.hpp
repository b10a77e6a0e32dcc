#pragma once

#include <span>
#include <vector>

#include "storage/event.hpp"

namespace touchstone::judge {

/// The events without repeats. Two are the same when id and UTC day of ts as sent agree, or, where there is no id, when
/// their whole content does; the first in `events` stays. This is the journal's rule, for events that never were in
/// one.
[[nodiscard]] std::vector<storage::StoredEvent> distinct(std::span<const storage::StoredEvent> events);

}  // namespace touchstone::judge
