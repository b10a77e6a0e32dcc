#include "service/judge/aggregates.hpp"

#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

#include "service/judge/crossed_units.hpp"
#include "service/judge/outliers.hpp"

namespace touchstone::judge {

void Aggregates::apply(std::span<const storage::StoredEvent> events) {
  for (const storage::StoredEvent& stored : events) note(stored);
}

void Aggregates::note(const storage::StoredEvent& stored) {
  last_te_ = std::max(last_te_.value_or(stored.te), stored.te);
  const UnitNumber unit = persons_.number(stored.event.unit);
  make_room_for_marks();
  switch (stored.event.type) {
    case storage::EventType::exposure:
      timelines_.append(unit, exposure_of(stored, names_));
      break;
    case storage::EventType::event:
      timelines_.append(unit, occurrence_of(stored, names_));
      break;
    case storage::EventType::link:
      return note_link(stored);
    case storage::EventType::traits:
      return;
  }
  mark(persons_.person_of(unit), touched);
}

void Aggregates::note_link(const storage::StoredEvent& stored) {
  const UnitNumber unit = persons_.number(stored.event.unit);
  const UnitNumber to = persons_.number(stored.event.to);
  if (unit == to) return;
  make_room_for_marks();
  const UnitNumber before = persons_.person_of(unit);
  persons_.link(unit, {to, stored.te, stored.event.id});
  const UnitNumber after = persons_.person_of(unit);
  if (before == after) return;
  mark(before, moved);
  mark(after, moved);
}

void Aggregates::make_room_for_marks() {
  if (marks_.size() < persons_.units()) marks_.resize(persons_.units(), clean);
  if (dirty_.capacity() < persons_.units()) dirty_.reserve(2 * persons_.units());
}

void Aggregates::mark(UnitNumber person, Mark mark) noexcept {
  if (marks_[person] == clean) dirty_.push_back(person);
  marks_[person] = std::max(marks_[person], mark);
}

/// Calls `visit` with each experiment that one of the person's units met, once.
template <class Visit>
void Aggregates::for_each_met(UnitNumber person, Visit&& visit) {
  met_.clear();
  persons_.for_each_unit(person, [this](UnitNumber unit) {
    timelines_.for_each_met(unit, [this](NameNumber experiment) {
      if (std::ranges::find(met_, experiment) == met_.end()) met_.push_back(experiment);
    });
  });
  for (const NameNumber experiment : met_) visit(experiment);
}

void Aggregates::put(const storage::Experiment& experiment, std::span<const storage::Metric> metrics) {
  put(std::array{Judged{experiment, {metrics.begin(), metrics.end()}}});
}

/// Whoever did not meet an experiment has no record in it, and had none. Everybody is brought current before, so that
/// nobody's news are taken as known by those experiments that stay.
void Aggregates::put(std::span<const Judged> experiments) {
  bring_current();
  struct Made {
    std::unique_ptr<Study> study;
    bool tells = false;
  };
  boost::unordered_flat_map<NameNumber, Made> made;
  for (const auto& [experiment, metrics] : experiments) {
    auto study = std::make_unique<Study>(experiment, metrics, names_);
    const NameNumber key = names_.number(experiment.key);
    const bool tells = keeps(key) || study->keeps();
    made[key] = {std::move(study), tells};
  }
  for (UnitNumber person = 0; !made.empty() && person < persons_.units(); ++person) {
    const Timeline& timeline = timeline_of(person);
    for_each_met(person, [&](NameNumber met) {
      const auto one = made.find(met);
      if (one == made.end()) return;
      one->second.study->replace(person, names_, timeline);
      if (one->second.tells) tell(*one->second.study, person);
    });
    all_known(person);
  }
  for (auto& [key, one] : made) {
    keeping_ -= keeps(key) ? 1U : 0U;
    studies_[key] = std::move(one.study);
    keeping_ += keeps(key) ? 1U : 0U;
  }
}

bool Aggregates::keeps(NameNumber experiment) const {
  const auto study = studies_.find(experiment);
  return study != studies_.end() && study->second->keeps();
}

void Aggregates::remove(std::string_view experiment) {
  const Study* study = find(experiment);
  if (study == nullptr) return;
  keeping_ -= study->keeps() ? 1U : 0U;
  studies_.erase(names_.number(experiment));
}

std::vector<storage::UnitRef> Aggregates::others_of(const storage::UnitRef& unit) const {
  std::vector<storage::UnitRef> others;
  const auto number = persons_.find(unit);
  if (!number) return others;
  persons_.for_each_unit(persons_.person_of(*number), [&](UnitNumber one) {
    if (one != *number) others.push_back(persons_.unit(one));
  });
  return others;
}

void Aggregates::forget(const storage::UnitRef& unit, std::optional<Time> newest) {
  last_te_ = newest;
  const auto number = persons_.find(unit);
  if (!number) return;
  timelines_.forget(*number);
  make_room_for_marks();
  persons_.part(*number, [this](UnitNumber person) { mark(person, moved); });
  bring_current();
  persons_.forget(*number);
}

void Aggregates::bring_current(std::size_t most) {
  for (; most > 0 && !dirty_.empty(); --most) {
    const UnitNumber person = dirty_.back();
    attribute(person, marks_[person]);
    marks_[person] = clean;
    dirty_.pop_back();
  }
}

bool Aggregates::settles(const storage::StoredEvent& stored) const {
  if (stored.event.type == storage::EventType::link) return true;
  if (stored.event.type != storage::EventType::exposure) return false;
  const Study* study = find(stored.event.experiment);
  return study != nullptr && study->keeps();
}

void Aggregates::settle(std::span<const storage::StoredEvent> events) {
  if (keeping_ == 0) return;
  // Backwards, as they were marked: each is then the last one on the list.
  for (const storage::StoredEvent& stored : std::ranges::reverse_view(events)) {
    if (!settles(stored)) continue;
    const UnitNumber person = persons_.person_of(persons_.number(stored.event.unit));
    if (marks_[person] == clean) continue;
    attribute(person, marks_[person]);
    if (dirty_.back() != person) continue;
    marks_[person] = clean;
    dirty_.pop_back();
  }
}

const Timeline& Aggregates::timeline_of(UnitNumber person) {
  scratch_.exposures.clear();
  scratch_.occurrences.clear();
  persons_.for_each_unit(person, [this](UnitNumber unit) { timelines_.gather(unit, scratch_); });
  return scratch_;
}

const Timeline& Aggregates::news_of(UnitNumber person) {
  news_.exposures.clear();
  news_.occurrences.clear();
  persons_.for_each_unit(person, [this](UnitNumber unit) { timelines_.gather_new(unit, news_); });
  return news_;
}

void Aggregates::all_known(UnitNumber person) noexcept {
  persons_.for_each_unit(person, [this](UnitNumber unit) { timelines_.settle(unit); });
}

/// Where memory is short some experiments know the news and some do not: all of them start over.
void Aggregates::attribute(UnitNumber person, Mark mark) {
  if (studies_.empty()) return all_known(person);
  try {
    if (mark == moved)
      attribute_anew(person);
    else
      follow(person);
  } catch (const std::bad_alloc&) {
    marks_[person] = moved;
    throw;
  }
  all_known(person);
}

/// In all experiments: a link may have taken away every exposure that a record rests on.
void Aggregates::attribute_anew(UnitNumber person) {
  const Timeline& timeline = timeline_of(person);
  for (const auto& [key, study] : studies_) {
    study->replace(person, names_, timeline);
    if (study->keeps()) tell(*study, person);
  }
}

void Aggregates::follow(UnitNumber person) {
  const Timeline& news = news_of(person);
  const Timeline* all = nullptr;
  for_each_met(person, [&](NameNumber experiment) {
    const auto found = studies_.find(experiment);
    if (found == studies_.end()) return;
    Study& study = *found->second;
    if (!study.follow(person, names_, news)) {
      if (all == nullptr) all = &timeline_of(person);
      study.replace(person, names_, *all);
    }
    if (study.keeps()) tell(study, person);
  });
}

void Aggregates::tell(const Study& study, UnitNumber person) const {
  if (!tell_) return;
  const auto variant = study.kept(person);
  persons_.for_each_unit(person, [&](UnitNumber unit) {
    tell_({study.experiment().key, persons_.unit(unit), variant, unit != person});
  });
}

Study* Aggregates::find(std::string_view experiment) const {
  const auto study = studies_.find(names_.find(experiment));
  return study == studies_.end() ? nullptr : study->second.get();
}

std::vector<Judged> Aggregates::judged() const {
  std::vector<Judged> all;
  for (const auto& [key, study] : studies_)
    all.push_back({study->experiment(), {study->metrics().begin(), study->metrics().end()}});
  return all;
}

std::vector<std::string> Aggregates::beside(std::string_view experiment) const {
  std::vector<std::string> keys;
  const Study* const own = find(experiment);
  for (const auto& [key, study] : studies_)
    if (own != nullptr && study.get() != own && may_share_units(own->experiment(), study->experiment()))
      keys.push_back(study->experiment().key);
  std::ranges::sort(keys);
  return keys;
}

std::vector<MetricStays> Aggregates::stays(std::string_view experiment) {
  std::vector<MetricStays> all;
  const Study* const study = find(experiment);
  if (study == nullptr) return all;
  for (const storage::Metric& metric : study->metrics()) {
    if (!tells_staying(metric)) continue;
    const Measure time = measure(as_duration(metric), names_);
    all.push_back({metric, stays_of(*study, metric, [&](UnitNumber person, const Participation& part) {
                     return amount(time, names_, part.exposed_at, timeline_of(person)).value;
                   })});
  }
  return all;
}

const Cells* Aggregates::cells(std::string_view experiment) const {
  const Study* study = find(experiment);
  return study == nullptr ? nullptr : &study->cells();
}

std::optional<Sight> Aggregates::sight(std::string_view experiment) {
  Study* study = find(experiment);
  if (study == nullptr) return std::nullopt;
  const std::span<const storage::Metric> metrics = study->metrics();
  Cells cells = study->cells();
  std::vector<Capped> caps = cap_by_percentile(*study, last_te_, cells);
  return Sight{
      study->experiment(),
      {metrics.begin(), metrics.end()},
      std::move(cells),
      {outliers(*study, persons_), last_te_, study->memory(), dimensions(study->slices(), names_), std::move(caps),
       quantile_events(*study), study->segments(), study->courses(), study->ages().completed(last_te_)}};
}

std::optional<Report> Aggregates::report(std::string_view experiment, const Asked& asked) {
  const auto seen = sight(experiment);
  if (!seen) return std::nullopt;
  return judge::report(*seen, asked);
}

}  // namespace touchstone::judge
