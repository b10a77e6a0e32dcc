#include "storage/dedupe.hpp"

#include <algorithm>
#include <vector>

namespace touchstone::storage {
namespace {

/// Insertions kept back while their slots are fetched.
constexpr std::size_t kAhead = 32;

/// Days that stay whatever they take: the two that events come of while one day turns into the next, for reading a
/// large one anew for each group would hold up everybody.
constexpr std::size_t kStay = 2;

}  // namespace

Status Dedupe::prepare(Day day) {
  if (Resident* resident = find(day)) {
    resident->used = group_;
    return ok();
  }
  IdentitySet set;
  std::vector<Identity> soon;
  const auto flush = [&] {
    for (const Identity& identity : soon) set.insert(identity);
    soon.clear();
  };
  Status loaded = load_(day, [&](const Identity& identity) {
    set.expect(identity.name);
    soon.push_back(identity);
    if (soon.size() == kAhead) flush();
  });
  if (!loaded) return loaded;
  flush();
  last_ = days_.emplace(day, Resident{std::move(set), group_}).first;
  return ok();
}

Status Dedupe::prepare(Day day, const Identity& identity) {
  Status ready = prepare(day);
  if (ready) find(day)->set.expect(identity.name);
  return ready;
}

Dedupe::Seen Dedupe::insert(Day day, const Identity& identity) {
  const std::uint64_t* content = find(day)->set.insert(identity);
  if (content == nullptr) return Seen::fresh;
  return *content == identity.content ? Seen::same : Seen::conflict;
}

Dedupe::Resident* Dedupe::find(Day day) {
  if (last_ == days_.end() || last_->first != day) last_ = days_.find(day);
  return last_ == days_.end() ? nullptr : &last_->second;
}

void Dedupe::settle() {
  std::size_t held = bytes();
  while (held > budget_ && days_.size() > kStay) {
    const auto oldest = std::min_element(days_.begin(), days_.end(),
                                         [](const auto& a, const auto& b) { return a.second.used < b.second.used; });
    held -= oldest->second.set.bytes();
    days_.erase(oldest);
  }
  last_ = days_.end();
  ++group_;
}

void Dedupe::abandon() {
  std::erase_if(days_, [this](const auto& day) { return day.second.used == group_; });
  last_ = days_.end();
  ++group_;
}

void Dedupe::forget(Day day) {
  days_.erase(day);
  last_ = days_.end();
}

std::size_t Dedupe::bytes() const noexcept {
  std::size_t sum = 0;
  for (const auto& [day, resident] : days_) sum += resident.set.bytes();
  return sum;
}

}  // namespace touchstone::storage
