#include "service/fast/keeper.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace touchstone::fast {

namespace {

std::uint64_t code_of(const std::optional<assign::Met>& met, std::uint32_t variants, std::uint32_t belongs) {
  if (!met || met->variant >= variants) return 0;
  return (met->variant + 1) | (met->belongs ? belongs : 0U);
}

}  // namespace

Keeper::Keeper(Publish publish) : publish_(std::move(publish)), table_(new KeptTable) {}

void Keeper::put(std::string_view experiment, const assign::Unit& unit, std::optional<assign::Met> met) {
  const auto hash = table_->hash(experiment, unit);
  const auto tag = KeptTable::tag_of(hash);
  const auto number = KeptTable::shard_of(hash);
  const auto code = code_of(met, KeptTable::kVariants, KeptTable::kBelongs);
  auto* place = &table_->shards_[number]->at(tag);
  auto before = place->load(std::memory_order_relaxed);
  if (before == 0 && code == 0) return;
  if (before == 0 && 4 * (taken_[number].places + 1) > 3 * (table_->shards_[number]->mask + 1)) {
    grow(number);
    place = &table_->shards_[number]->at(tag);
  }
  place->store(tag << 8U | code, std::memory_order_release);
  taken_[number].places += before == 0 ? 1 : 0;
  count(number, KeptTable::code_in(before) != 0, code != 0);
}

void Keeper::count(std::size_t shard, bool before, bool after) {
  if (before == after) return;
  const std::size_t change = after ? 1 : std::size_t{0} - 1;
  taken_[shard].entries += change;
  entries_.fetch_add(change, std::memory_order_relaxed);
}

/// Into one that is half full at most, without the places of those who keep nothing any more.
void Keeper::grow(std::size_t shard) {
  const auto& former = *table_->shards_[shard];
  const auto size = std::max(KeptTable::kSmallestShard, std::bit_ceil(2 * (taken_[shard].entries + 1)));
  auto larger = std::make_shared<const KeptTable::Shard>(size);
  for (std::size_t i = 0; i <= former.mask; ++i) {
    const auto entry = former.places[i].load(std::memory_order_relaxed);
    if (KeptTable::code_in(entry) != 0) larger->at(KeptTable::tag_in(entry)).store(entry, std::memory_order_relaxed);
  }
  auto next = std::make_shared<KeptTable>(*table_);
  next->shards_[shard] = std::move(larger);
  publish_(next);
  table_ = std::move(next);
  taken_[shard].places = taken_[shard].entries;
}

}  // namespace touchstone::fast
