#include "service/page/named_report.hpp"

#include <algorithm>

namespace touchstone::page {
namespace {

/// Those names that tell one from another.
Names::ByKey telling(const Names::ByKey& names) {
  Names::ByKey told;
  for (const auto& [key, name] : names) {
    const auto same = [&name = name, &key = key](const auto& other) {
      return other.first != key && (other.second == name || other.first == name);
    };
    if (!name.empty() && std::ranges::none_of(names, same)) told.emplace(key, name);
  }
  return told;
}

/// Puts names into a report, place by place.
class Namer {
 public:
  explicit Namer(const Names& names) : metrics_(telling(names.metrics)), variants_(telling(names.variants)) {}

  void name(judge::Report& report) const {
    for (auto& metric : report.plan.metrics) replace(metric.key, metrics_);
    for (auto& variant : report.plan.variants) replace(variant.key, variants_);
    for (auto& count : report.counts.variants) replace(count.variant, variants_);
    replace(report.verdict.variant, variants_);
    for (auto& reason : report.verdict.reasons) name_both(reason);
    for (auto* const checks : {&report.checks, &report.trust})
      for (auto& check : *checks) name(check);
    if (report.remaining) name_both(*report.remaining);
    name(report.results);
    for (auto* const slices : {&report.segments, &report.series})
      for (auto& slice : *slices) name(slice.results);
  }

 private:
  static void replace(std::string& key, const Names::ByKey& names) {
    if (const auto found = names.find(key); found != names.end()) key = found->second;
  }

  template <class About>
  void name_both(About& about) const {
    replace(about.metric, metrics_);
    replace(about.variant, variants_);
  }

  void name(judge::Check& check) const {
    name_both(check);
    for (auto& unit : check.units) replace(unit.variant, variants_);
  }

  void name(std::vector<judge::Row>& rows) const {
    for (auto& row : rows) {
      name_both(row);
      replace(row.control, variants_);
    }
  }

  Names::ByKey metrics_;
  Names::ByKey variants_;
};

}  // namespace

judge::Report with_names(judge::Report report, const Names& names) {
  Namer(names).name(report);
  return report;
}

}  // namespace touchstone::page
