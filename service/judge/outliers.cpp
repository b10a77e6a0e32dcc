#include "service/judge/outliers.hpp"

#include <cmath>
#include <optional>
#include <string>

#include "stats/moments.hpp"

namespace touchstone::judge {
namespace {

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
  const int decimals = amount_decimals(asked.kind, asked.decimals);
  const stats::Moments arm = stats::moments(study.cells().over_phases(variant, metric), decimals);
  return {metric, variant, arm, std::pow(10.0, decimals), std::sqrt(kOutlierShare * arm.m2), 0, std::nullopt};
}

/// Per metric and variant; those where nobody can stand out have no units.
std::vector<Search> searches(const Study& study) {
  std::vector<Search> all;
  for (std::size_t m = 0; m < study.metrics().size(); ++m)
    for (std::size_t v = 0; v < study.experiment().variants.size(); ++v) all.push_back(search(study, m, v));
  return all;
}

bool wanted(const Study& study, const Search& search) {
  return study.metrics()[search.metric].kind != storage::MetricKind::proportion && search.arm.n >= kOutlierUnits &&
         search.arm.m2 > 0;
}

void look_at(Search& search, UnitNumber person, const Amount& amount, const Persons& persons) {
  if (amount.state != AmountState::present) return;
  const double value = static_cast<double>(amount.value) / search.scale;
  const double distance = std::abs(value - search.arm.mean);
  if (distance < search.distance) return;
  if (distance == search.distance && search.person && persons.unit(*search.person).id < persons.unit(person).id) return;
  search.distance = distance;
  search.value = value;
  search.person = person;
}

Outlier found(const Search& search, UnitNumber person, const Persons& persons) {
  return {search.metric, search.variant, std::string(persons.unit(person).id), search.value,
          search.distance * search.distance / search.arm.m2};
}

}  // namespace

std::vector<Outlier> outliers(const Study& study, const Persons& persons) {
  std::vector<Search> open = searches(study);
  std::erase_if(open, [&](const Search& s) { return !wanted(study, s); });
  if (open.empty()) return {};
  study.for_each_record([&](UnitNumber person, const Participation& part, std::span<const Amount> amounts) {
    if (part.exposures == 0 || !analysed(part, study.cells().shape.crossover)) return;
    for (Search& s : open)
      if (s.variant == part.variant) look_at(s, person, amounts[s.metric], persons);
  });
  std::vector<Outlier> all;
  for (const Search& s : open)
    if (s.person) all.push_back(found(s, *s.person, persons));
  return all;
}

}  // namespace touchstone::judge
