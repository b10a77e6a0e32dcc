#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "assign/text_arena.hpp"
#include "service/judge/blocks.hpp"
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
  /// Of a unit that was seen.
  [[nodiscard]] std::optional<UnitNumber> find(const storage::UnitRef& unit) const;
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

  struct HeardLink {
    UnitNumber from = 0;
    Link link;
  };
  /// Every link that was heard of, in that order, also of units that were forgotten: 48 bytes each.
  [[nodiscard]] const Blocks<HeardLink>& heard() const noexcept { return heard_; }

  /// Undoes all links of the unit and to it: whoever was linked to it belongs to the unit of the next link, or to
  /// itself. `visit` hears of every person this may have changed. May be repeated where memory was short.
  template <class Visit>
  void part(UnitNumber unit, Visit&& visit);
  /// Its id is known no more; its number stays, for nobody. After part().
  void forget(UnitNumber unit) noexcept;
  [[nodiscard]] bool forgotten(UnitNumber unit) const noexcept { return units_[unit].type == 0; }
  /// Adds a number that is forgotten already.
  void add_forgotten() { units_.emplace_back(); }

  [[nodiscard]] UnitNumber person_of(UnitNumber unit) const;
  /// Calls `visit` with each unit that is this person.
  template <class Visit>
  void for_each_unit(UnitNumber person, Visit&& visit) const {
    if (person_of(person) == person) visit(person);
    if (const auto found = linked_to_.find(person); found != linked_to_.end())
      for (const UnitNumber unit : found->second) visit(unit);
  }

 private:
  void remember(UnitNumber from, const Link& link);
  [[nodiscard]] std::optional<Link> next(UnitNumber from, UnitNumber without) const;
  void relink(UnitNumber from, UnitNumber former);
  void forget_links_to(UnitNumber unit);
  [[nodiscard]] bool earlier(const Link& a, const Link& b) const;

  boost::unordered_flat_map<UnitKey, UnitNumber> numbers_;
  std::vector<UnitKey> units_;
  UnitNumber last_ = 0;                                ///< whoever did something often does the next thing, too
  boost::unordered_flat_map<UnitNumber, Link> links_;  ///< the earliest of each linked unit
  boost::unordered_flat_map<UnitNumber, std::vector<UnitNumber>> linked_to_;  ///< its inverse
  boost::unordered_flat_map<UnitNumber, std::vector<Link>> others_;           ///< to other units: of each the earliest
  Blocks<HeardLink> heard_;
  Names types_;
  assign::TextArena text_;
};

template <class Visit>
void Persons::part(UnitNumber unit, Visit&& visit) {
  visit(unit);
  visit(person_of(unit));
  if (const auto linked = linked_to_.find(unit); linked != linked_to_.end()) {
    while (!linked_to_[unit].empty()) {
      const UnitNumber from = linked_to_[unit].back();
      visit(from);
      relink(from, unit);
      visit(person_of(from));
    }
  }
  if (links_.contains(unit)) std::erase(linked_to_[links_[unit].to], unit);
  links_.erase(unit);
  others_.erase(unit);
  forget_links_to(unit);
}

}  // namespace touchstone::judge
