#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "service/judge/analyse.hpp"
#include "service/judge/cells.hpp"
#include "service/judge/judged.hpp"
#include "service/judge/names.hpp"
#include "service/judge/persons.hpp"
#include "service/judge/pieces.hpp"
#include "service/judge/staying.hpp"
#include "service/judge/study.hpp"
#include "service/judge/timeline.hpp"
#include "storage/event.hpp"
#include "storage/experiment.hpp"
#include "storage/metric.hpp"

namespace touchstone::judge {

/// What one unit of a person keeps in an experiment.
struct Keeping {
  std::string_view experiment;
  storage::UnitRef unit;
  std::optional<std::uint32_t> variant;  ///< nothing: it keeps none
  bool belongs = false;                  ///< by a link, to the unit that is the person
};
using TellKept = std::function<void(const Keeping&)>;

/// The live view of one environment: its units' timelines, and per experiment one record a person and the exact cells.
/// What is new of a person is taken into its record where that alone says what becomes of it; else the person is
/// attributed anew as a whole, the old record retracted and the new one added. Either way the view equals one built
/// from nothing to the bit, whatever the order of arrival.
///
/// Events are taken as the journal holds them: each once. Everything is kept, known to the catalogue or not, so a later
/// experiment or metric covers what is already there. Not thread-safe: one owner at a time.
class Aggregates {
 public:
  /// `tell` hears of everything that may have changed in what units keep, in experiments that are sticky or take no new
  /// units. It is what the records say: the variant of the first exposure, of the person as a whole.
  explicit Aggregates(TellKept tell = {}) : tell_(std::move(tell)) {}

  /// Appends to the timelines and marks their people. Cheap; attribution waits for bring_current(). An event for which
  /// there is no memory (std::bad_alloc) has changed nothing, those before it are in.
  void apply(std::span<const storage::StoredEvent> events);

  /// Adds experiments or replaces those of the same keys, and attributes everybody to them anew, all in one pass.
  void put(std::span<const Judged> experiments);
  void put(const storage::Experiment& experiment, std::span<const storage::Metric> metrics);
  /// Nobody hears of it any more.
  void remove(std::string_view experiment);

  /// Units of the same person as this one, without it.
  [[nodiscard]] std::vector<storage::UnitRef> others_of(const storage::UnitRef& unit) const;
  /// As if the unit had never been: its events, and every link that names it. Brings everything current. `newest` is
  /// the latest te of what remains.
  void forget(const storage::UnitRef& unit, std::optional<Time> newest);

  /// Attributes people who are marked, `most` of them at once. Whoever it has no memory for stays marked.
  void bring_current(std::size_t most = std::numeric_limits<std::size_t>::max());
  /// Attributes at once whom `events`, applied before, gave something to keep, or linked. Whoever it has no memory for
  /// (std::bad_alloc) stays marked.
  void settle(std::span<const storage::StoredEvent> events);
  /// People who are marked and not yet attributed.
  [[nodiscard]] std::size_t behind() const noexcept { return dirty_.size(); }

  /// What bring_current() covered; nothing where the experiment is not known. Its cost does not depend on the number of
  /// events or units, but for metrics with a cap by percentile, which look at all records (caps.hpp), and
  /// quantiles, whose events are copied (quantile_events.hpp).
  [[nodiscard]] std::optional<Sight> sight(std::string_view experiment);
  /// The report on it.
  [[nodiscard]] std::optional<Report> report(std::string_view experiment, const Asked& asked = {});
  /// What bring_current() covered, unit by unit; null where the experiment is not known.
  [[nodiscard]] const Study* study(std::string_view experiment) const { return find(experiment); }
  /// All experiments, as they were put.
  [[nodiscard]] std::vector<Judged> judged() const;
  /// The exact sums behind it; null where the experiment is not known.
  [[nodiscard]] const Cells* cells(std::string_view experiment) const;

  /// The others that units of this one may be in as well, by key.
  [[nodiscard]] std::vector<std::string> beside(std::string_view experiment) const;

  /// How long its units stay, by metric that tells it; none where the experiment is not known. Looks at all of their
  /// events.
  [[nodiscard]] std::vector<MetricStays> stays(std::string_view experiment);

  [[nodiscard]] std::size_t units() const noexcept { return persons_.units(); }
  /// The latest te of all events: the clock of the data.
  [[nodiscard]] std::optional<Time> newest() const noexcept { return last_te_; }

  /// What its events fill, to be written down or read in (pieces.hpp): into an empty view alone, before anything is
  /// applied or put.
  [[nodiscard]] Filled filled() noexcept { return {names_, persons_, timelines_, last_te_}; }

 private:
  enum Mark : std::uint8_t { clean = 0, touched = 1, moved = 2 };

  void note(const storage::StoredEvent& stored);
  void note_link(const storage::StoredEvent& stored);
  void make_room_for_marks();
  void mark(UnitNumber person, Mark mark) noexcept;
  const Timeline& timeline_of(UnitNumber person);
  const Timeline& news_of(UnitNumber person);
  void attribute(UnitNumber person, Mark mark);
  void attribute_anew(UnitNumber person);
  void follow(UnitNumber person);
  void all_known(UnitNumber person) noexcept;
  template <class Visit>
  void for_each_met(UnitNumber person, Visit&& visit);
  void tell(const Study& study, UnitNumber person) const;
  [[nodiscard]] bool settles(const storage::StoredEvent& stored) const;
  [[nodiscard]] Study* find(std::string_view experiment) const;
  [[nodiscard]] bool keeps(NameNumber experiment) const;

  TellKept tell_;
  std::size_t keeping_ = 0;  ///< studies that keep
  Names names_;
  Persons persons_;
  Timelines timelines_;
  boost::unordered_flat_map<NameNumber, std::unique_ptr<Study>> studies_;
  std::vector<UnitNumber> dirty_;
  std::vector<Mark> marks_;  ///< per unit
  std::optional<Time> last_te_;
  Timeline scratch_;
  Timeline news_;
  std::vector<NameNumber> met_;
};

}  // namespace touchstone::judge
