#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "service/judge/analyse.hpp"
#include "service/judge/attribution.hpp"
#include "service/judge/cells.hpp"
#include "service/judge/persons.hpp"
#include "storage/experiment.hpp"
#include "storage/metric.hpp"

namespace touchstone::judge {

/// One experiment of a live view: what was agreed, a record per person who met it, and the cells of those records.
/// 40 bytes a person and 16 per metric.
class Study {
 public:
  Study(storage::Experiment experiment, std::vector<storage::Metric> metrics, Names& names);

  [[nodiscard]] const storage::Experiment& experiment() const noexcept { return experiment_; }
  [[nodiscard]] std::span<const storage::Metric> metrics() const noexcept { return metrics_; }
  [[nodiscard]] const Question& asked() const noexcept { return question_; }
  [[nodiscard]] const Cells& cells() const noexcept { return cells_; }

  /// Retracts the person's record, if there is one, and adds the one that `timeline` gives, if any.
  void replace(UnitNumber person, const Names& names, const Timeline& timeline);

  /// Per metric (but proportions) and arm the unit that alone holds more than kOutlierShare of the arm's sum of squared
  /// deviations, if there is one. One pass over the records.
  [[nodiscard]] std::vector<Outlier> outliers(const Persons& persons) const;

 private:
  [[nodiscard]] std::span<Amount> amounts(std::uint32_t slot);
  [[nodiscard]] std::span<const Amount> amounts(std::uint32_t slot) const;
  [[nodiscard]] std::uint32_t slot_for(UnitNumber person);
  void drop(UnitNumber person);

  storage::Experiment experiment_;
  std::vector<storage::Metric> metrics_;
  Question question_;
  Cells cells_;
  boost::unordered_flat_map<UnitNumber, std::uint32_t> slots_;
  std::vector<std::uint32_t> free_;
  std::vector<Participation> parts_;  ///< per slot; no exposures = free
  std::vector<Amount> amounts_;       ///< per slot and metric
};

}  // namespace touchstone::judge
