#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "service/judge/looks.hpp"
#include "service/judge/watch.hpp"

namespace touchstone::judge {

/// What was known after the first looks, for as long as these are what they were: a course grows at its end, and is not
/// walked from its beginning each time. It changes no figure. Belongs to one experiment and plan; not thread-safe.
class CourseMemory {
 public:
  /// The looks that could be taken by now: what rested on others is forgotten.
  void align(std::size_t metric, std::size_t variant, const std::vector<Look>& looks);

  /// After the first `count` of them; null where it is not known.
  [[nodiscard]] const Watched* recall(std::size_t metric, std::size_t variant, std::size_t count) const;
  void keep(std::size_t metric, std::size_t variant, std::size_t count, const Watched& watched);

 private:
  struct Entry {
    std::vector<Look> looks;
    std::map<std::size_t, Watched> after;  ///< by count
  };
  std::map<std::pair<std::size_t, std::size_t>, Entry> entries_;  ///< by metric and variant
};

}  // namespace touchstone::judge
