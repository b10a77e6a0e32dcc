#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/app/reports.hpp"
#include "service/app/service.hpp"
#include "service/http/request.hpp"
#include "service/http/response.hpp"
#include "service/page/named_report.hpp"
#include "service/page/report_page.hpp"

namespace touchstone::api {

/// A page with the headers that every page has.
[[nodiscard]] http::Response html(std::string text, int status = 200);
[[nodiscard]] bool wants_page(const http::Request& request);

/// Of a file of the console, by the first and last part of its name; empty where it was not built.
[[nodiscard]] std::string asset_address(std::string_view name, std::string_view ending);

enum class PageForm : std::uint8_t {
  served,  ///< to somebody who is signed in
  shared,  ///< to whoever has the link: names no unit and leads nowhere
  file,    ///< complete in itself
};

/// What was planted in a simulated experiment; nothing for any other. An empty function knows of none.
using Truths = std::function<std::optional<page::PlantedTruth>(std::string_view experiment)>;

struct PageWish {
  PageForm form = PageForm::served;
  Truths truths{};
  bool reveal = false;  ///< show the truth, not only that there is one
  app::ReportTerms terms{};
  bool takes_away = false;  ///< offers the report as files
};

/// What people call the metrics and variants of an experiment today; nothing where there is none of the key.
[[nodiscard]] page::Names names_of(const app::Service& service, std::uint32_t environment, std::string_view experiment);

/// The report as people read it: names in the place of keys, its digest those of the document. Errors: those of
/// app::make_report.
[[nodiscard]] Result<judge::Report> report_for_people(app::Service& service, std::uint32_t environment,
                                                      std::string_view experiment, const app::ReportTerms& terms = {});

/// A summary for chat. Errors: those of app::make_report.
[[nodiscard]] Result<std::string> report_in_words(app::Service& service, std::uint32_t environment,
                                                  std::string_view experiment, const app::ReportTerms& terms = {});

/// The report of an experiment as an HTML document. Errors: those of app::make_report.
[[nodiscard]] Result<std::string> draw_report_page(app::Service& service, std::uint32_t environment,
                                                   std::string_view experiment, const PageWish& wish);

}  // namespace touchstone::api
