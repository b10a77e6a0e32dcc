#include "sdk/cpp/met_before.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

namespace touchstone::sdk {
namespace {

/// The finalizer of MurmurHash3's 64-bit variants.
std::uint64_t mixed(std::uint64_t bits) noexcept {
  bits = (bits ^ (bits >> 33U)) * 0xFF51AFD7ED558CCDULL;
  bits = (bits ^ (bits >> 33U)) * 0xC4CEB9FE1A85EC53ULL;
  return bits ^ (bits >> 33U);
}

}  // namespace

MetBefore::MetBefore(std::size_t size) : lines_(size / 8) {}

MetBefore::Fingerprint MetBefore::fingerprint(const assign::Exposure& exposure) noexcept {
  Fingerprint all = 0;
  for (const auto part : {exposure.unit.id, exposure.unit.type, exposure.experiment, exposure.variant})
    all = mixed(all + std::hash<std::string_view>{}(part));
  return all == 0 ? 1 : all;
}

bool MetBefore::contains(Fingerprint met) const noexcept {
  return std::ranges::any_of(lines_[line(met)].met,
                             [met](const Place& place) { return place.load(std::memory_order_relaxed) == met; });
}

void MetBefore::remember(Fingerprint met) noexcept {
  auto& places = lines_[line(met)].met;
  for (auto& place : places) {
    Fingerprint none = 0;
    if (place.compare_exchange_strong(none, met, std::memory_order_relaxed)) return;
  }
  places[(met >> 56U) % places.size()].store(met, std::memory_order_relaxed);
}

}  // namespace touchstone::sdk
