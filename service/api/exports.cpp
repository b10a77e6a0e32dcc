#include <string>
#include <string_view>
#include <utility>

#include "service/api/drawings.hpp"
#include "service/api/handlers.hpp"
#include "service/api/query.hpp"
#include "service/app/reports.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/over_time_json.hpp"
#include "service/codec/report_json.hpp"
#include "service/codec/report_signature.hpp"
#include "service/codec/time_text.hpp"
#include "service/page/chart_svg.hpp"
#include "service/page/report_csv.hpp"

namespace touchstone::api {

namespace {

using Draw = Result<std::string> (*)(Context& context, std::uint32_t environment, std::string_view experiment);

struct Format {
  std::string_view ending;
  std::string_view media;
  Draw draw;
};

template <class Write>
Result<std::string> written(Context& context, std::uint32_t environment, std::string_view experiment, Write write) {
  auto report = app::make_report(context.service, environment, experiment);
  if (!report) return report.error();
  return write(*report);
}

Result<std::string> as_table(Context& context, std::uint32_t environment, std::string_view experiment) {
  return written(context, environment, experiment, page::report_csv);
}

Result<std::string> as_text(Context& context, std::uint32_t environment, std::string_view experiment) {
  return report_in_words(context.service, environment, experiment);
}

Result<std::string> as_document(Context& context, std::uint32_t environment, std::string_view experiment) {
  return written(context, environment, experiment, [&context](const judge::Report& report) {
    return codec::pretty_json(codec::signed_report(codec::write_report(report), context.service.secrets().reports)) +
           "\n";
  });
}

Result<std::string> as_page(Context& context, std::uint32_t environment, std::string_view experiment) {
  PageWish wish;
  wish.form = PageForm::file;
  return draw_report_page(context.service, environment, experiment, wish);
}

Result<std::string> as_series(Context& context, std::uint32_t environment, std::string_view experiment) {
  const auto told = app::make_over_time(context.service, environment, experiment, judge::CoursesOf::all);
  if (!told) return told.error();
  return codec::write_over_time(experiment, *told);
}

template <page::Chart chart>
Result<std::string> as_chart(Context& context, std::uint32_t environment, std::string_view experiment) {
  const auto report = report_for_people(context.service, environment, experiment);
  if (!report) return report.error();
  return page::chart_svg(*report, chart, report->data_until ? codec::time_text(*report->data_until) : "none yet");
}

/// A file to keep, for a browser that is signed in and for whoever shows a key.
Result<http::Response> export_report(Context& context, const http::Request& request, const fast::Caller& caller,
                                     const Format& format) {
  if (const auto query = Query::read(request.query); !query) return query.error();
  const auto experiment = request.path_params[0];
  auto text = format.draw(context, caller.environment, experiment);
  if (!text) return text.error();
  http::Response response;
  response.content_type = format.media;
  response.headers = {{"Cache-Control", "no-store"},
                      {"Content-Disposition",
                       "attachment; filename=\"" + std::string(experiment) + "." + std::string(format.ending) + "\""}};
  response.body = *std::move(text);
  return response;
}

}  // namespace

Result<http::Response> export_report_csv(Context& context, const http::Request& request, const fast::Caller& caller) {
  return export_report(context, request, caller, {"csv", "text/csv; charset=utf-8", as_table});
}

Result<http::Response> export_report_markdown(Context& context, const http::Request& request,
                                              const fast::Caller& caller) {
  return export_report(context, request, caller, {"md", "text/markdown; charset=utf-8", as_text});
}

Result<http::Response> export_report_json(Context& context, const http::Request& request, const fast::Caller& caller) {
  return export_report(context, request, caller, {"json", "application/json", as_document});
}

Result<http::Response> export_changes_svg(Context& context, const http::Request& request, const fast::Caller& caller) {
  return export_report(context, request, caller, {"changes.svg", "image/svg+xml", as_chart<page::Chart::changes>});
}

Result<http::Response> export_certainty_svg(Context& context, const http::Request& request,
                                            const fast::Caller& caller) {
  return export_report(context, request, caller, {"certainty.svg", "image/svg+xml", as_chart<page::Chart::certainty>});
}

Result<http::Response> export_series(Context& context, const http::Request& request, const fast::Caller& caller) {
  return export_report(context, request, caller, {"series.ndjson", "application/x-ndjson", as_series});
}

Result<http::Response> export_report_html(Context& context, const http::Request& request, const fast::Caller& caller) {
  return export_report(context, request, caller, {"html", "text/html; charset=utf-8", as_page});
}

}  // namespace touchstone::api
