#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/app/service.hpp"

namespace touchstone::api {

enum class PageForm { served, file };

/// The report of an experiment as an HTML document. Errors: those of app::make_report.
[[nodiscard]] Result<std::string> draw_report_page(app::Service& service, std::uint32_t environment,
                                                   std::string_view experiment, PageForm form);

}  // namespace touchstone::api
