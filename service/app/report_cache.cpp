#include "service/app/report_cache.hpp"

#include "service/app/reports.hpp"

namespace touchstone::app {

Result<std::shared_ptr<const judge::Report>> ReportCache::find(Service& service, std::uint32_t environment,
                                                               std::string_view experiment) {
  // Read first: a report that holds more than its version says is made anew once too often, never too seldom.
  const auto version = service.evidence(environment).version();
  const std::lock_guard lock(mutex_);
  Entry& entry = entries_[{environment, std::string(experiment)}];
  if (entry.report && entry.version == version) return entry.report;
  auto report = make_report(service, environment, experiment);
  if (!report) return report.error();
  entry = {version, std::make_shared<const judge::Report>(std::move(*report))};
  return entry.report;
}

}  // namespace touchstone::app
