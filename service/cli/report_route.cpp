#include "service/cli/report_route.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "service/api/errors.hpp"
#include "service/api/page.hpp"
#include "service/api/query.hpp"
#include "service/app/reports.hpp"
#include "service/cli/report_text.hpp"
#include "service/page/report_csv.hpp"

namespace touchstone::cli {
namespace {

struct Drawn {
  std::string_view type;
  std::string text;
};

Result<Drawn> drawn_text(const judge::Report& report, const api::Query& query, const api::Truths& truths) {
  const auto width = query.number("width", 80, 1'000);
  if (!width) return width.error();
  ReportStyle style;
  style.width = static_cast<int>(*width);
  style.colour = query.flag("colour");
  style.again = "touchstone report " + report.experiment;
  if (query.flag("truth") && truths) style.truth = truths(report.experiment);
  return Drawn{"text/plain", report_text(report, style)};
}

Result<app::ReportTerms> read_terms(const api::Query& query) {
  const auto as_of = query.time("as_of");
  if (!as_of) return as_of.error();
  const auto until = query.time("until");
  if (!until) return until.error();
  return app::ReportTerms{*as_of, *until, {}};
}

Result<Drawn> draw(app::Service& service, const api::Truths& truths, std::string_view key, const api::Query& query) {
  const auto form = query.text("form");
  const auto environment = service.default_environment();
  const auto terms = read_terms(query);
  if (!terms) return terms.error();
  if (form == "html") {
    auto page =
        api::draw_report_page(service, environment, key, {api::PageForm::file, truths, query.flag("truth"), *terms});
    return page ? Result<Drawn>(Drawn{"text/html", std::move(*page)}) : page.error();
  }
  if (form == "csv") {
    const auto report = app::make_report(service, environment, key, *terms);
    return report ? Result<Drawn>(Drawn{"text/csv", page::report_csv(*report)}) : report.error();
  }
  if (form == "md") {
    auto text = api::report_in_words(service, environment, key, *terms);
    return text ? Result<Drawn>(Drawn{"text/markdown", std::move(*text)}) : text.error();
  }
  const auto report = api::report_for_people(service, environment, key, *terms);
  if (!report) return report.error();
  return drawn_text(*report, query, truths);
}

Result<http::Response> answer(app::Service& service, const api::Truths& truths, const http::Request& request) {
  constexpr std::array<std::string_view, 6> known{"form", "width", "colour", "truth", "as_of", "until"};
  if (!request.local) return Error{ErrorCode::not_found, "no such thing", "", ""};
  const auto query = api::Query::read(request.query, known);
  if (!query) return query.error();
  auto drawn = draw(service, truths, request.path_params[0], *query);
  if (!drawn) return drawn.error();
  http::Response response;
  response.content_type = std::string(drawn->type) + "; charset=utf-8";
  response.body = std::move(drawn->text);
  return response;
}

}  // namespace

http::Route report_route(app::Service& service, api::Truths truths) {
  return {http::Method::get, "/local/reports/{key}", 0,
          http::SlowHandler([&service, truths = std::move(truths)](const http::Request& request) {
            auto response = answer(service, truths, request);
            return response ? std::move(*response) : api::problem(response.error(), request.request_id);
          })};
}

}  // namespace touchstone::cli
