#include "service/judge/persons.hpp"

#include <tuple>

namespace touchstone::judge {

UnitNumber Persons::number(const storage::UnitRef& unit) {
  const UnitKey wanted{types_.number(unit.type), unit.id};
  if (const auto known = numbers_.find(wanted); known != numbers_.end()) return known->second;
  const auto next = static_cast<UnitNumber>(units_.size());
  units_.push_back({wanted.type, text_.keep(unit.id)});
  numbers_.emplace(units_.back(), next);
  return next;
}

void Persons::link(UnitNumber from, const Link& link) {
  const auto [at, first] = links_.try_emplace(from, link);
  const bool earlier = std::tie(link.te, link.id) < std::tie(at->second.te, at->second.id);
  if (!first && !earlier) return;
  if (!first) std::erase(linked_to_[at->second.to], from);
  at->second = {link.to, link.te, text_.keep(link.id)};
  linked_to_[link.to].push_back(from);
}

UnitNumber Persons::person_of(UnitNumber unit) const {
  const auto link = links_.find(unit);
  return link == links_.end() ? unit : link->second.to;
}

}  // namespace touchstone::judge
