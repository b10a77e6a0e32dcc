#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "service/judge/ages.hpp"
#include "service/judge/attribution.hpp"
#include "service/judge/cells.hpp"
#include "service/judge/course_memory.hpp"
#include "service/judge/extremes.hpp"
#include "service/judge/persons.hpp"
#include "service/judge/segment_cells.hpp"
#include "service/judge/slice_counts.hpp"
#include "service/judge/watch_memory.hpp"
#include "storage/experiment.hpp"
#include "storage/metric.hpp"

namespace touchstone::judge {

/// Of the cells that an experiment's report is made from; `metrics[i]` defines `experiment.plan.metrics[i]`.
[[nodiscard]] Cells::Shape shape_of(const storage::Experiment& experiment, std::span<const storage::Metric> metrics);

/// One experiment of a live view: what was agreed, a record per person who met it, and the cells of those records.
/// About 70 bytes a person and 16 per metric, 32 for a ratio or with a covariate, 56 and 8 for each event for a
/// quantile.
class Study {
 public:
  /// `metrics[i]` defines `experiment.plan.metrics[i]`.
  Study(storage::Experiment experiment, std::vector<storage::Metric> metrics, Names& names);

  [[nodiscard]] const storage::Experiment& experiment() const noexcept { return experiment_; }
  [[nodiscard]] std::span<const storage::Metric> metrics() const noexcept { return metrics_; }
  [[nodiscard]] const Cells& cells() const noexcept { return cells_; }
  /// Outlives the study in the sights that were taken of it.
  [[nodiscard]] std::shared_ptr<WatchMemory> memory() const noexcept { return memory_; }
  [[nodiscard]] std::shared_ptr<CourseMemory> courses() const noexcept { return courses_; }
  /// The ends of an arm and metric.
  [[nodiscard]] const Ends& ends(std::size_t variant, std::size_t metric) const {
    return extremes_.at(variant, metric);
  }
  [[nodiscard]] const SliceCounts& slices() const noexcept { return slices_; }
  [[nodiscard]] const AgeCells& ages() const noexcept { return ages_; }
  [[nodiscard]] const std::vector<SegmentPart>& segments() const noexcept { return segments_.parts(); }
  /// Looks at all records for them: their bar() is then as low as it can be.
  void find_ends(std::size_t variant, std::size_t metric);

  /// Retracts the person's record, if there is one, and adds the one that `timeline` gives, if any. Where memory is
  /// short for it (std::bad_alloc) the person has none, and it may be tried again.
  void replace(UnitNumber person, const Names& names, const Timeline& timeline);

  /// Takes into the person's record what happened since, `news`, at a cost that does not depend on what came before.
  /// False where there is none, or it does not tell enough for that: nothing has changed then, and replace() does it.
  /// Where memory is short for it (std::bad_alloc), too.
  [[nodiscard]] bool follow(UnitNumber person, const Names& names, const Timeline& news);

  /// Whether units keep what they met: it is sticky or takes no new units, and runs or may again.
  [[nodiscard]] bool keeps() const noexcept;
  /// The variant that the person keeps.
  [[nodiscard]] std::optional<std::uint32_t> kept(UnitNumber person) const;

  /// Calls `visit(person, participation, amounts)` for each record, in no order.
  template <class Visit>
  void for_each_record(Visit&& visit) const {
    for (std::uint32_t slot = 0; slot < persons_.size(); ++slot)
      if (persons_[slot] != kNobody) visit(persons_[slot], parts_[slot], amounts(slot));
  }

  /// Calls `visit(participation, amounts)` with the events of each record, ascending, in no order of records. `nth`
  /// counts the metrics of kind quantile.
  template <class Visit>
  void for_each_record_of(std::size_t nth, Visit&& visit) const {
    for (std::uint32_t slot = 0; slot < persons_.size(); ++slot)
      if (persons_[slot] != kNobody) visit(parts_[slot], std::span(events_[slot * quantiles_ + nth]));
  }

 private:
  static constexpr UnitNumber kNobody = 0xFFFFFFFF;
  using Slots = boost::unordered_flat_map<UnitNumber, std::uint32_t>;

  [[nodiscard]] std::size_t columns() const noexcept { return cells_.shape.extra.columns(); }
  [[nodiscard]] std::span<const Amount> amounts(std::uint32_t slot) const;
  /// A place for the person's record, which is empty as yet: nothing is retracted for it.
  [[nodiscard]] std::uint32_t slot_for(UnitNumber person);
  void add_slot();
  /// Takes the record out of all sums. Its person keeps the place.
  void retract(std::uint32_t slot);
  void enter(std::uint32_t slot, const UnitRecord& record, std::span<const ByAge> ages, const Names& names);
  void drop(Slots::iterator known);
  void add_sums(const UnitRecord& record, const Names& names);
  void add_ages(std::uint32_t slot, const UnitRecord& record, std::span<const ByAge> ages, const Names& names);
  void keep(std::uint32_t slot, const UnitRecord& record);

  storage::Experiment experiment_;
  std::vector<storage::Metric> metrics_;
  Question question_;
  Cells cells_;
  std::shared_ptr<WatchMemory> memory_ = std::make_shared<WatchMemory>();
  std::shared_ptr<CourseMemory> courses_ = std::make_shared<CourseMemory>();
  Extremes extremes_;
  SliceCounts slices_;
  SegmentCells segments_;
  AgeCells ages_;
  Slots slots_;
  std::vector<std::uint32_t> free_;                ///< with room for every slot
  std::vector<UnitNumber> persons_;                ///< per slot
  std::vector<Participation> parts_;               ///< per slot
  std::vector<KeptText> firsts_;                   ///< per slot: the id of its first exposure
  std::vector<Amount> amounts_;                    ///< per slot, and metric or second amount
  std::size_t quantiles_;                          ///< metrics of that kind
  std::vector<std::vector<std::int64_t>> events_;  ///< per slot, and metric of kind quantile
  UnitRecord followed_;                            ///< whose room is used again, as the next one's
  std::vector<AgeChange> aged_;
};

}  // namespace touchstone::judge
