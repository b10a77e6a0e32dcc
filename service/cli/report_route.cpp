#include "service/cli/report_route.hpp"

#include <array>
#include <string>
#include <string_view>

#include "service/api/errors.hpp"
#include "service/api/query.hpp"
#include "service/app/reports.hpp"
#include "service/cli/report_text.hpp"

namespace touchstone::cli {
namespace {

Result<http::Response> answer(app::Service& service, const http::Request& request) {
  constexpr std::array<std::string_view, 2> known{"width", "colour"};
  if (!request.local) return Error{ErrorCode::not_found, "no such thing", "", ""};
  const auto query = api::Query::read(request.query, known);
  if (!query) return query.error();
  const auto width = query->number("width", 80, 1'000);
  if (!width) return width.error();
  const auto key = request.path_params[0];
  const auto report = app::make_report(service, service.default_environment(), key);
  if (!report) return report.error();
  ReportStyle style;
  style.width = static_cast<int>(*width);
  style.colour = query->flag("colour");
  style.again = "touchstone report " + std::string(key);
  http::Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = report_text(*report, style);
  return response;
}

}  // namespace

http::Route report_route(app::Service& service) {
  return {http::Method::get, "/local/reports/{key}", 0, http::SlowHandler([&service](const http::Request& request) {
            auto response = answer(service, request);
            return response ? std::move(*response) : api::problem(response.error(), request.request_id);
          })};
}

}  // namespace touchstone::cli
