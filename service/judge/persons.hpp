#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "service/judge/names.hpp"
#include "storage/event.hpp"
#include "storage/text_arena.hpp"
#include "storage/time.hpp"

namespace touchstone::judge {

/// Stands for a unit (type and id) of an environment; dense, in order of first sight.
using UnitNumber = std::uint32_t;

/// Which units are one person: a unit belongs to the unit of its earliest link (te, id), else to itself. Links do not
/// chain, so the answer depends on the set of links alone. Ids of units are kept once.
class Persons {
 public:
  UnitNumber number(const storage::UnitRef& unit);
  [[nodiscard]] std::size_t units() const noexcept { return units_.size(); }
  [[nodiscard]] storage::UnitRef unit(UnitNumber number) const { return units_[number]; }

  struct Link {
    UnitNumber to = 0;
    Time te{};
    std::string_view id;
  };
  /// Takes note of a link; true where `from` now belongs to another person than before.
  bool link(UnitNumber from, const Link& link);

  [[nodiscard]] UnitNumber person_of(UnitNumber unit) const;
  /// Calls `visit` with each unit that is this person.
  template <class Visit>
  void for_each_unit(UnitNumber person, Visit&& visit) const {
    if (person_of(person) == person) visit(person);
    if (const auto found = linked_to_.find(person); found != linked_to_.end())
      for (const UnitNumber unit : found->second) visit(unit);
  }

 private:
  boost::unordered_flat_map<storage::UnitRef, UnitNumber> numbers_;
  std::vector<storage::UnitRef> units_;
  boost::unordered_flat_map<UnitNumber, Link> links_;                         ///< the earliest of each linked unit
  boost::unordered_flat_map<UnitNumber, std::vector<UnitNumber>> linked_to_;  ///< its inverse
  Names types_;
  storage::TextArena text_;
};

}  // namespace touchstone::judge
