#pragma once

#include <cstdint>
#include <vector>

#include "service/judge/blocks.hpp"
#include "service/judge/names.hpp"
#include "storage/event.hpp"
#include "storage/time.hpp"

namespace touchstone::judge {

/// A unit met a variant, with what judging needs of it.
struct Exposure {
  Time te{};
  KeptText id;  ///< breaks ties of te
  NameNumber experiment = 0;
  NameNumber variant = 0;
  NameNumber unit_type = 0;
  NameNumber attributes = 0;  ///< canonical JSON
};

/// A unit did something.
struct Occurrence {
  Time te{};
  double value = 0;  ///< NaN = the event has none
  NameNumber name = 0;
  NameNumber properties = 0;  ///< canonical JSON
};

/// Everything that happened to one person, in no order: attribution depends on the set alone.
struct Timeline {
  std::vector<Exposure> exposures;
  std::vector<Occurrence> occurrences;
};

[[nodiscard]] Exposure exposure_of(const storage::StoredEvent& stored, Names& names);
[[nodiscard]] Occurrence occurrence_of(const storage::StoredEvent& stored, Names& names);

/// The timelines of all units of an environment: 32 bytes an event, 40 an exposure and its id, plus distinct texts, 20
/// bytes a unit and 8 for each experiment that it met. Appending allocates in blocks only.
class Timelines {
 public:
  /// Something that happened, in the order in which it was appended.
  template <class Item>
  struct Link {
    Item item;
    std::uint32_t next = 0;
    std::uint32_t unit = 0;
  };

  void append(std::uint32_t unit, const Exposure& exposure);
  void append(std::uint32_t unit, const Occurrence& occurrence);
  /// Nothing happened to `unit`. The room is not used again.
  void forget(std::uint32_t unit) noexcept;
  /// Adds what happened to `unit` to `timeline`.
  void gather(std::uint32_t unit, Timeline& timeline) const;
  /// Adds what was appended since the last settle().
  void gather_new(std::uint32_t unit, Timeline& timeline) const;
  /// All that happened to `unit` is known.
  void settle(std::uint32_t unit) noexcept;
  /// Calls `visit` with each experiment that the unit met, once.
  template <class Visit>
  void for_each_met(std::uint32_t unit, Visit&& visit) const {
    if (unit >= heads_.size()) return;
    for (std::uint32_t at = heads_[unit].met; at != kEnd; at = met_[at].next) visit(met_[at].experiment);
  }

  /// Also of units that were forgotten.
  [[nodiscard]] const Blocks<Link<Exposure>>& exposures() const noexcept { return exposures_; }
  [[nodiscard]] const Blocks<Link<Occurrence>>& occurrences() const noexcept { return occurrences_; }

 private:
  static constexpr std::uint32_t kEnd = 0xFFFFFFFF;
  struct Ends {
    std::uint32_t exposure = kEnd;
    std::uint32_t occurrence = kEnd;
  };
  struct Heads {
    Ends latest;
    Ends settled;  ///< the latest when it was
    std::uint32_t met = kEnd;
  };
  struct Met {
    NameNumber experiment = 0;
    std::uint32_t next = kEnd;
  };
  Heads& heads(std::uint32_t unit);
  void meet(Heads& of, NameNumber experiment);
  void gather(const Ends& from, const Ends& end, Timeline& timeline) const;

  Blocks<Link<Exposure>> exposures_;
  Blocks<Link<Occurrence>> occurrences_;
  Blocks<Met> met_;
  std::vector<Heads> heads_;
};

}  // namespace touchstone::judge
