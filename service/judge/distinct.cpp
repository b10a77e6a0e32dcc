#include "service/judge/distinct.hpp"

#include <chrono>
#include <tuple>

#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

namespace touchstone::judge {
namespace {

using storage::Event;

std::int64_t day_of(Time ts) { return std::chrono::floor<std::chrono::days>(ts).time_since_epoch().count(); }

auto content(const Event& e) {
  return std::tuple(e.type, e.unit.type, e.unit.id, e.ts.time_since_epoch().count(), e.name, e.experiment, e.variant,
                    e.config_version, e.to.type, e.to.id, e.value.has_value(), e.value.value_or(0), e.attributes,
                    e.channel, e.touchpoint);
}

struct Hash {
  std::size_t operator()(const Event* e) const {
    std::size_t seed = 0;
    boost::hash_combine(seed, e->id);
    boost::hash_combine(seed, day_of(e->ts));
    if (!e->id.empty()) return seed;
    boost::hash_combine(seed, e->unit.id);
    boost::hash_combine(seed, e->ts.time_since_epoch().count());
    boost::hash_combine(seed, e->name);
    return seed;
  }
};

struct Same {
  bool operator()(const Event* a, const Event* b) const {
    if (a->id != b->id) return false;
    return a->id.empty() ? content(*a) == content(*b) : day_of(a->ts) == day_of(b->ts);
  }
};

}  // namespace

std::vector<storage::StoredEvent> distinct(std::span<const storage::StoredEvent> events) {
  boost::unordered_flat_set<const Event*, Hash, Same> seen(events.size());
  std::vector<storage::StoredEvent> kept;
  kept.reserve(events.size());
  for (const storage::StoredEvent& stored : events)
    if (seen.insert(&stored.event).second) kept.push_back(stored);
  return kept;
}

}  // namespace touchstone::judge
