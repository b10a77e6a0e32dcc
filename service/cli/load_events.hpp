#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "assign/result.hpp"
#include "assign/text_arena.hpp"
#include "service/codec/unit_table.hpp"
#include "storage/event.hpp"

namespace touchstone::cli {

/// What the files hold, each event once: a repeated identity (id and UTC day of ts; without an id the whole content)
/// is a duplicate, as for the service.
struct LoadedEvents {
  std::vector<storage::StoredEvent> events;
  assign::TextArena text;
  std::uint64_t sent = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t conflicts = 0;  ///< of the duplicates, those that say something else under the same identity

  bool table = false;
  std::map<std::string, std::string, std::less<>> variant_names;  ///< of a table: key -> its text
  std::uint64_t repeated_units = 0;                               ///< of a table
  std::optional<codec::RepeatedUnit> first_repeat;
};

/// Reads event logs, or, where `layout` says how, tables with a row per unit. Errors name file and line, not_found a
/// file that is not there. Progress is drawn on standard error while `progress` says so.
[[nodiscard]] Result<LoadedEvents> load_events(const std::vector<std::string>& files,
                                               const std::optional<codec::UnitTableLayout>& layout, bool progress);

}  // namespace touchstone::cli
