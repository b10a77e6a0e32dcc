#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/judge/names.hpp"
#include "service/judge/persons.hpp"
#include "service/judge/timeline.hpp"
#include "stats/planning/sample_size.hpp"
#include "storage/event.hpp"
#include "storage/metric.hpp"

/// What units did in the last days, whoever was in an experiment: a shop's own history, to plan by.
namespace touchstone::judge {

inline constexpr int kRecentDays = 14;  ///< that are told day by day

struct RecentTerms {
  std::string unit_type = "user";
  Time from{};
  Time until{};      ///< exclusive
  double share = 1;  ///< of units that are looked at, by a hash of their ids
};

/// A day, UTC, of the units that did anything on it.
struct RecentDay {
  Time day{};
  std::uint64_t units = 0;
  std::optional<double> value;  ///< the metric's figure of them, from that day's events; absent where it needs longer
};

/// A metric as an experiment would have seen it that let everybody in at their first event: the figure of a unit over
/// the metric's window from then on; where the window has no end, over what is left of the time. Units whose window has
/// not closed have none.
struct MetricHistory {
  std::string metric;
  std::uint32_t version = 1;
  std::string status = "no_data";  ///< ok, no_data, not_mature, insufficient_data, zero_variance, unsupported_kind
  std::uint64_t units = 0;         ///< whose window has closed
  std::optional<stats::Baseline> baseline;
  std::vector<RecentDay> days;
};

/// Units by the day of their first event in the time: what an experiment would have let in.
struct Traffic {
  std::uint64_t units = 0;
  double days = 0;
  std::optional<double> per_day;
  std::optional<double> slowest;  ///< of whole weeks, a day; absent below a week
  std::optional<double> fastest;
};

/// A unit with the attributes that it carried last: canonical JSON of an exposure and of traits.
struct RecentUnit {
  std::string_view id;
  std::string_view exposed_with;
  std::string_view traits;
  bool traits_later = false;
};

/// Units are taken by themselves: links are not followed. About 40 bytes an event that some metric asks for, and 60 a
/// unit beside its texts.
class Recent {
 public:
  Recent(RecentTerms terms, std::span<const storage::Metric> metrics);

  void add(std::span<const storage::StoredEvent> events);

  [[nodiscard]] std::size_t units() const noexcept { return persons_.units(); }
  [[nodiscard]] std::uint64_t events() const noexcept { return events_; }
  /// The first event's time; the end without one.
  [[nodiscard]] Time earliest() const noexcept { return earliest_; }
  [[nodiscard]] Traffic traffic() const;
  /// One of the metrics that it was made with.
  [[nodiscard]] MetricHistory history(const storage::Metric& metric);
  [[nodiscard]] RecentUnit unit(UnitNumber number) const;

  /// Keeps units and attributes alone.
  void forget_events() { timelines_ = Timelines(); }

 private:
  struct Seen {
    Time first{};
    Time exposed_at = Time::min();
    Time told_at = Time::min();
    NameNumber exposed_with = 0;
    NameNumber traits = 0;
    std::uint16_t days = 0;  ///< of the last kRecentDays, by bits: on which it did anything
  };

  [[nodiscard]] bool looked_at(const storage::StoredEvent& stored) const;
  Seen& seen(const storage::StoredEvent& stored, UnitNumber unit);
  [[nodiscard]] int day_of(Time te) const;

  RecentTerms terms_;
  std::set<std::string, std::less<>> wanted_;    ///< names of events that some metric asks for
  std::set<std::string, std::less<>> detailed_;  ///< of them, those whose properties matter
  bool any_ = false;                             ///< some metric asks for events of any name
  std::uint64_t events_ = 0;
  Time earliest_{};
  Names names_;
  Names attributes_;
  Persons persons_;
  Timelines timelines_;
  std::vector<Seen> seen_;
};

}  // namespace touchstone::judge
