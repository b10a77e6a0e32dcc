#include "service/page/named_report.hpp"

#include <algorithm>

namespace touchstone::page {
namespace {

/// Puts names into a report, place by place.
class Namer {
 public:
  explicit Namer(const Names& names) : names_(&names) {}

  void name(judge::Report& report) const {
    for (auto& metric : report.plan.metrics) replace(metric.key, names_->metrics);
    for (auto& variant : report.plan.variants) replace(variant.key, names_->variants);
    for (auto& count : report.counts.variants) replace(count.variant, names_->variants);
    replace(report.verdict.variant, names_->variants);
    for (auto& reason : report.verdict.reasons) name_both(reason);
    for (auto* const checks : {&report.checks, &report.trust})
      for (auto& check : *checks) name(check);
    if (report.remaining) name_both(*report.remaining);
    name(report.results);
    for (auto* const slices : {&report.segments, &report.series})
      for (auto& slice : *slices) name(slice.results);
  }

 private:
  static void replace(std::string& key, const Names::ByKey& names) { key = name_for(key, names); }

  template <class About>
  void name_both(About& about) const {
    replace(about.metric, names_->metrics);
    replace(about.variant, names_->variants);
  }

  void name(judge::Check& check) const {
    name_both(check);
    for (auto& unit : check.units) replace(unit.variant, names_->variants);
  }

  void name(std::vector<judge::Row>& rows) const {
    for (auto& row : rows) {
      name_both(row);
      replace(row.control, names_->variants);
    }
  }

  const Names* names_;
};

}  // namespace

std::string name_for(const std::string& key, const Names::ByKey& names) {
  const auto found = names.find(key);
  if (found == names.end() || found->second.empty()) return key;
  const auto same = [&](const auto& other) {
    return other.first != key && (other.second == found->second || other.first == found->second);
  };
  return std::ranges::any_of(names, same) ? key : found->second;
}

judge::OverTime with_names(judge::OverTime told, const Names& names) {
  for (auto& course : told.courses) {
    course.metric = name_for(course.metric, names.metrics);
    course.variant = name_for(course.variant, names.variants);
    course.control = name_for(course.control, names.variants);
  }
  return told;
}

std::vector<judge::Staying> with_names(std::vector<judge::Staying> told, const Names& names) {
  for (auto& one : told) {
    one.metric = name_for(one.metric, names.metrics);
    for (auto& variant : one.study.variants) variant = name_for(variant, names.variants);
  }
  return told;
}

judge::Interactions with_names(judge::Interactions found, const Names& names,
                               const std::map<std::string, OtherNames, std::less<>>& others) {
  for (auto& goal : found.goals_left_out) goal = name_for(goal, names.metrics);
  for (auto& other : found.others) {
    const auto known = others.find(other.key);
    for (auto& row : other.rows) {
      row.metric = name_for(row.metric, names.metrics);
      row.variant = name_for(row.variant, names.variants);
      row.control = name_for(row.control, names.variants);
      if (known != others.end()) row.other_variant = name_for(row.other_variant, known->second.variants);
    }
    if (known == others.end()) continue;
    other.control = name_for(other.control, known->second.variants);
    if (!known->second.name.empty()) other.key = known->second.name;
  }
  return found;
}

Stages stages_with_names(const Names& names) {
  Stages stages;
  for (const auto& [metric, stage] : names.stages) stages.emplace(name_for(metric, names.metrics), stage);
  return stages;
}

judge::Report with_names(judge::Report report, const Names& names) {
  Namer(names).name(report);
  return report;
}

}  // namespace touchstone::page
