#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace touchstone::stats {

/// What happened in one arm of one stratum: whole amounts of events, together with those of the same unit. Neither the
/// order of units nor that of a unit's events changes any figure.
struct EventSample {
  std::vector<std::int64_t> amounts;  ///< unit by unit
  std::vector<std::size_t> ends;      ///< per unit that has events: one past its last

  /// A unit's events; a unit without any is none.
  void add(std::span<const std::int64_t> unit) {
    if (unit.empty()) return;
    amounts.insert(amounts.end(), unit.begin(), unit.end());
    ends.push_back(amounts.size());
  }
  /// Calls `visit` with each unit's amounts.
  template <class Visit>
  void for_each_unit(Visit&& visit) const {
    std::size_t from = 0;
    for (const std::size_t end : ends) {
      visit(std::span(amounts).subspan(from, end - from));
      from = end;
    }
  }
  [[nodiscard]] std::int64_t units() const noexcept { return static_cast<std::int64_t>(ends.size()); }
  [[nodiscard]] std::int64_t events() const noexcept { return static_cast<std::int64_t>(amounts.size()); }
};

}  // namespace touchstone::stats
