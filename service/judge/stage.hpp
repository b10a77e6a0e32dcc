#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace touchstone::judge {

/// Where the making of a report is: a stage begins, or has done so many of the parts that it counts.
/// - load: events are read, from the journal, counted by their numbers;
/// - check: the data are looked at, before anything is concluded from them;
/// - estimate: metric by metric;
/// - decide: the verdict.
struct Stage {
  std::string_view name;
  std::uint64_t done = 0;
  std::uint64_t of = 0;  ///< 0: it counts nothing

  friend bool operator==(const Stage&, const Stage&) = default;
};

/// Told on the thread that makes the report, as often as it has something to tell: it must be quick.
using TellStage = std::function<void(const Stage&)>;

}  // namespace touchstone::judge
