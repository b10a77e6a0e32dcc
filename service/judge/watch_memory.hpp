#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "service/judge/looks.hpp"
#include "service/judge/watch.hpp"

namespace touchstone::judge {

/// What watching found, for as long as the looks are what they were: between two ticks a report need not walk again.
/// It changes no figure. Belongs to one experiment and plan; not thread-safe.
class WatchMemory {
 public:
  /// Null where nothing, or something else, was seen.
  [[nodiscard]] const Watched* recall(std::size_t metric, std::size_t variant, const std::vector<Look>& looks) const;
  void keep(std::size_t metric, std::size_t variant, std::vector<Look> looks, const Watched& watched);

 private:
  struct Entry {
    std::vector<Look> looks;
    Watched watched;
  };
  std::map<std::pair<std::size_t, std::size_t>, Entry> entries_;  ///< by metric and variant
};

}  // namespace touchstone::judge
