#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "service/judge/report.hpp"

namespace touchstone::app {

/// Live reports as they were last made, for pages that show many. Any thread may call.
class ReportCache {
 public:
  /// As make_report(), which is asked only where events came or something was agreed since. Errors: its own.
  [[nodiscard]] Result<std::shared_ptr<const judge::Report>> find(Service& service, std::uint32_t environment,
                                                                  std::string_view experiment);

 private:
  struct Entry {
    std::uint64_t version = 0;
    std::shared_ptr<const judge::Report> report;
  };

  std::mutex mutex_;
  std::map<std::pair<std::uint32_t, std::string>, Entry> entries_;
};

}  // namespace touchstone::app
