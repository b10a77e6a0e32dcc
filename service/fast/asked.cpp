#include "service/fast/asked.hpp"

#include <utility>

namespace touchstone::fast {

Asked::Asked(std::shared_ptr<const assign::Snapshot> snapshot)
    : snapshot_(std::move(snapshot)), marks_(snapshot_->flag_count()) {}

Asked::Asked(std::shared_ptr<const assign::Snapshot> snapshot, const Asked& before) : Asked(std::move(snapshot)) {
  for (std::uint32_t i = 0; i < marks_.size(); ++i)
    marks_[i].store(before.marks(snapshot_->key(assign::FlagId{i})), std::memory_order_relaxed);
}

void Asked::mark(std::string_view flag, Marks mark) const noexcept {
  const auto id = snapshot_->flag(flag);
  if (!id) return;
  auto& marks = marks_[static_cast<std::uint32_t>(*id)];
  if ((marks.load(std::memory_order_relaxed) & mark) == 0) marks.fetch_or(mark, std::memory_order_relaxed);
}

void Asked::all_in_bulk() const noexcept {
  if (!all_in_bulk_.load(std::memory_order_relaxed)) all_in_bulk_.store(true, std::memory_order_relaxed);
}

Asked::Marks Asked::marks(std::string_view flag) const noexcept {
  const auto id = snapshot_->flag(flag);
  if (!id) return 0;
  const auto own = marks_[static_cast<std::uint32_t>(*id)].load(std::memory_order_relaxed);
  return static_cast<Marks>(own | (all_in_bulk_.load(std::memory_order_relaxed) ? kInBulk : 0));
}

WaysAsked Asked::ways(std::string_view flag) const noexcept {
  const auto known = marks(flag);
  return {(known & kSingly) != 0, (known & kInBulk) != 0};
}

}  // namespace touchstone::fast
