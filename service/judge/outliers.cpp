#include "service/judge/outliers.hpp"

#include <cmath>
#include <optional>
#include <string>

#include "stats/moments.hpp"

namespace touchstone::judge {
namespace {

// Fewer than so many units can each hold the share: whoever has as many above or beside him does not stand out.
static_assert(kOutlierShare * static_cast<double>(Largest::kKept) > 1);

/// One arm of one metric over all phases, and the unit that stands out of it so far.
struct Search {
  std::size_t metric = 0;
  std::size_t variant = 0;
  stats::Moments arm;
  double scale = 1;  ///< amounts per one of the metric's unit
  double distance = 0;
  double value = 0;
  std::optional<UnitNumber> person;
};

Search search(const Study& study, std::size_t metric, std::size_t variant) {
  const storage::Metric& asked = study.metrics()[metric];
  const int decimals = amount_decimals(asked);
  const stats::Moments arm = stats::moments(study.cells().over_phases(variant, metric), decimals);
  return {metric, variant, arm, std::pow(10.0, decimals), std::sqrt(kOutlierShare * arm.m2), 0, std::nullopt};
}

/// Where no unit can be far from the others, or what is far is cut or only ranked.
bool bounded(const storage::Metric& metric) {
  return tells_share(metric) || metric.kind == storage::MetricKind::score || ranks_records(metric);
}

bool wanted(const Study& study, const Search& search) {
  return !bounded(study.metrics()[search.metric]) && search.arm.n >= kOutlierUnits && search.arm.m2 > 0;
}

double distance_of(const Search& search, std::int64_t amount) {
  return std::abs(static_cast<double>(amount) / search.scale - search.arm.mean);
}

void look_at(Search& search, UnitNumber person, std::int64_t amount, const Persons& persons) {
  const double distance = distance_of(search, amount);
  if (distance < search.distance) return;
  if (distance == search.distance && search.person && persons.unit(*search.person).id < persons.unit(person).id) return;
  search.distance = distance;
  search.value = static_cast<double>(amount) / search.scale;
  search.person = person;
}

/// Whether the units beside the ends' entries are all too near.
bool suffices(const Search& search, const Ends& ends) {
  return (!ends.high.bar() || distance_of(search, *ends.high.bar()) < search.distance) &&
         (!ends.low.bar() || distance_of(search, -*ends.low.bar()) < search.distance);
}

void look(Search& search, const Ends& ends, const Persons& persons) {
  for (const auto& [person, amount] : ends.high.entries()) look_at(search, person, amount, persons);
  for (const auto& [person, amount] : ends.low.entries()) look_at(search, person, -amount, persons);
}

void run(Search& search, Study& study, const Persons& persons) {
  const Ends& ends = study.ends(search.variant, search.metric);
  if (!suffices(search, ends)) study.find_ends(search.variant, search.metric);
  look(search, ends, persons);
}

Outlier found(const Search& search, UnitNumber person, const Persons& persons) {
  return {search.metric, search.variant, std::string(persons.unit(person).id), search.value,
          search.distance * search.distance / search.arm.m2};
}

}  // namespace

std::vector<Outlier> outliers(Study& study, const Persons& persons) {
  std::vector<Outlier> all;
  for (std::size_t m = 0; m < study.metrics().size(); ++m) {
    for (std::size_t v = 0; v < study.experiment().variants.size(); ++v) {
      Search open = search(study, m, v);
      if (!wanted(study, open)) continue;
      run(open, study, persons);
      if (open.person) all.push_back(found(open, *open.person, persons));
    }
  }
  return all;
}

}  // namespace touchstone::judge
