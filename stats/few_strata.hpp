#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "stats/strata.hpp"

namespace touchstone::stats {

/// Strata to write to: the usual few stand in place, so that a row of a report allocates nothing.
class FewStrata {
 public:
  explicit FewStrata(std::size_t count) : many_(count > few ? count : 0), count_(count) {}

  [[nodiscard]] std::span<MeanStratum> all() noexcept {
    return count_ > few ? std::span(many_) : std::span(few_).first(count_);
  }

 private:
  static constexpr std::size_t few = 4;

  std::array<MeanStratum, few> few_;
  std::vector<MeanStratum> many_;
  std::size_t count_;
};

}  // namespace touchstone::stats
