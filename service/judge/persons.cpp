#include "service/judge/persons.hpp"

#include <algorithm>
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
  if (last_ < units_.size() && units_[last_] == wanted) return last_;
  if (const auto known = numbers_.find(wanted); known != numbers_.end()) return last_ = known->second;
  const auto next = static_cast<UnitNumber>(units_.size());
  units_.push_back({wanted.type, text_.keep(unit.id)});
  numbers_.emplace(units_.back(), next);
  return last_ = next;
}

std::optional<UnitNumber> Persons::find(const storage::UnitRef& unit) const {
  const NameNumber type = types_.find(unit.type);
  if (type == 0) return std::nullopt;
  const auto known = numbers_.find(UnitKey{type, unit.id});
  return known == numbers_.end() ? std::nullopt : std::optional(known->second);
}

void Persons::link(UnitNumber from, const Link& link) {
  const Link kept{link.to, link.te, text_.keep(link.id)};
  heard_.push_back({from, kept});
  const auto known = links_.find(from);
  const bool first = known == links_.end();
  const bool counts = first || earlier(kept, known->second);
  if (!first && kept.to != known->second.to) remember(from, counts ? known->second : kept);
  if (!counts) return;
  auto& units = linked_to_[kept.to];
  make_room(units);
  if (first) {
    links_.emplace(from, kept);
  } else {
    std::erase(linked_to_[known->second.to], from);
    known->second = kept;
  }
  units.push_back(from);
}

/// For the day when the unit that the earliest leads to is forgotten. `link` was kept.
void Persons::remember(UnitNumber from, const Link& link) {
  auto& others = others_[from];
  const auto known = std::ranges::find(others, link.to, &Link::to);
  if (known == others.end()) {
    others.push_back(link);
  } else if (earlier(link, *known)) {
    *known = link;
  }
}

std::optional<Persons::Link> Persons::next(UnitNumber from, UnitNumber without) const {
  std::optional<Link> found;
  const auto others = others_.find(from);
  if (others == others_.end()) return found;
  for (const Link& other : others->second)
    if (other.to != without && (!found || earlier(other, *found))) found = other;
  return found;
}

/// To its next link. `from` is the last of those that were linked to `former`.
void Persons::relink(UnitNumber from, UnitNumber former) {
  const auto link = next(from, former);
  if (link) {
    auto& units = linked_to_[link->to];
    make_room(units);
    units.push_back(from);
    links_[from] = *link;
  } else {
    links_.erase(from);
  }
  linked_to_[former].pop_back();
}

void Persons::forget_links_to(UnitNumber unit) {
  for (auto& [from, others] : others_) std::erase_if(others, [unit](const Link& link) { return link.to == unit; });
}

void Persons::forget(UnitNumber unit) noexcept {
  numbers_.erase(units_[unit]);
  units_[unit] = {};
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
