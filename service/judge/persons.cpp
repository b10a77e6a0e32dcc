#include "service/judge/persons.hpp"

#include <tuple>

namespace touchstone::judge {

namespace {

/// For one more, so that nothing is done by half where memory is short.
void make_room(std::vector<UnitNumber>& units) {
  if (units.size() == units.capacity()) units.reserve(2 * units.size() + 1);
}

}  // namespace

UnitNumber Persons::number(const storage::UnitRef& unit) {
  const UnitKey wanted{types_.number(unit.type), unit.id};
  if (const auto known = numbers_.find(wanted); known != numbers_.end()) return known->second;
  const auto next = static_cast<UnitNumber>(units_.size());
  units_.push_back({wanted.type, text_.keep(unit.id)});
  numbers_.emplace(units_.back(), next);
  return next;
}

void Persons::link(UnitNumber from, const Link& link) {
  const auto known = links_.find(from);
  const bool first = known == links_.end();
  if (!first && !earlier(link, known->second)) return;
  const Link kept{link.to, link.te, text_.keep(link.id)};
  auto& units = linked_to_[link.to];
  make_room(units);
  if (first) {
    links_.emplace(from, kept);
  } else {
    std::erase(linked_to_[known->second.to], from);
    known->second = kept;
  }
  units.push_back(from);
}

/// Twins of time and id, as links without an id may be, are told apart by where they lead.
bool Persons::earlier(const Link& a, const Link& b) const {
  if (std::tie(a.te, a.id) != std::tie(b.te, b.id)) return std::tie(a.te, a.id) < std::tie(b.te, b.id);
  return unit(a.to) < unit(b.to);
}

UnitNumber Persons::person_of(UnitNumber unit) const {
  const auto link = links_.find(unit);
  return link == links_.end() ? unit : link->second.to;
}

}  // namespace touchstone::judge
