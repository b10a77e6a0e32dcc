#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "assign/text_arena.hpp"
#include "service/judge/names.hpp"
#include "storage/event.hpp"
#include "storage/time.hpp"

namespace touchstone::judge {

/// Stands for a unit (type and id) of an environment; dense, in order of first sight.
using UnitNumber = std::uint32_t;

/// What a unit is found by: its type as a number, and its id.
struct UnitKey {
  NameNumber type = 0;
  std::string_view id;

  friend bool operator==(const UnitKey&, const UnitKey&) = default;
  friend std::size_t hash_value(const UnitKey& key) noexcept {
    return boost::hash<std::string_view>{}(key.id) ^ (key.type * std::size_t{0x9E3779B97F4A7C15});
  }
};

/// Which units are one person: a unit belongs to the unit of its earliest link (te, id), else to itself. Links do not
/// chain, so the answer depends on the set of links alone. Ids of units are kept once.
class Persons {
 public:
  UnitNumber number(const storage::UnitRef& unit);
  [[nodiscard]] std::size_t units() const noexcept { return units_.size(); }
  [[nodiscard]] storage::UnitRef unit(UnitNumber number) const {
    return {types_.text(units_[number].type), units_[number].id};
  }

  struct Link {
    UnitNumber to = 0;
    Time te{};
    std::string_view id;  ///< of the link event; kept by link()
  };
  /// Takes note of a link to another unit.
  void link(UnitNumber from, const Link& link);

  [[nodiscard]] UnitNumber person_of(UnitNumber unit) const;
  /// Calls `visit` with each unit that is this person.
  template <class Visit>
  void for_each_unit(UnitNumber person, Visit&& visit) const {
    if (person_of(person) == person) visit(person);
    if (const auto found = linked_to_.find(person); found != linked_to_.end())
      for (const UnitNumber unit : found->second) visit(unit);
  }

 private:
  [[nodiscard]] bool earlier(const Link& a, const Link& b) const;

  boost::unordered_flat_map<UnitKey, UnitNumber> numbers_;
  std::vector<UnitKey> units_;
  boost::unordered_flat_map<UnitNumber, Link> links_;                         ///< the earliest of each linked unit
  boost::unordered_flat_map<UnitNumber, std::vector<UnitNumber>> linked_to_;  ///< its inverse
  Names types_;
  assign::TextArena text_;
};

}  // namespace touchstone::judge
