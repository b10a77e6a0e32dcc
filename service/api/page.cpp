#include "service/api/page.hpp"

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/api/auth.hpp"
#include "service/api/handlers.hpp"
#include "service/api/heading.hpp"
#include "service/api/query.hpp"
#include "service/api/sign_in.hpp"
#include "service/app/decisions.hpp"
#include "service/app/environment.hpp"
#include "service/app/reports.hpp"
#include "service/codec/report_json.hpp"
#include "service/codec/time_text.hpp"
#include "service/page/console_page.hpp"
#include "service/page/door_pages.hpp"
#include "service/page/experiments_page.hpp"
#include "service/page/frame.hpp"
#include "service/page/report_markdown.hpp"
#include "service/page/report_page.hpp"

namespace touchstone::api {

http::Response html(std::string text, int status) {
  http::Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.headers = {{"Content-Security-Policy", std::string(page::content_security_policy)},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cache-Control", "no-store"}};
  response.body = std::move(text);
  return response;
}

bool wants_page(const http::Request& request) { return request.accept.find("text/html") != std::string_view::npos; }

namespace {

Result<Query> read_wish(const http::Request& request) {
  constexpr std::array<std::string_view, 1> known{"truth"};
  return Query::read(request.query, known);
}

/// Without the part in angle brackets: people who read a file need no address.
std::string without_address(std::string by) {
  if (const auto address = by.find(" <"); address != std::string::npos) by.resize(address);
  return by.find('@') == std::string::npos ? by : "(not shown)";
}

/// Such a page may listen for what is new.
http::Response followed(http::Response response) {
  response.headers.front().second = page::console_content_security_policy;
  return response;
}

void hide_units(judge::Report& report) {
  for (auto* checks : {&report.checks, &report.trust})
    for (auto& check : *checks)
      for (auto& unit : check.units) unit.id = "(not shown)";
}

judge::Ledger exposures_sent(app::Service& service, std::uint32_t environment, std::string_view experiment) {
  const auto sums = service.writer().ledger_sums(environment);
  const auto found = sums.exposures().find(experiment);
  const storage::Ledger counts = found == sums.exposures().end() ? storage::Ledger{} : found->second;
  return {counts.sent(), counts.stored, counts.duplicate, counts.quarantined, counts.refused, 0};
}

/// What a page finds by looking at all units may be so old.
constexpr std::chrono::minutes kFoundKeeps{1};

std::map<std::string, page::OtherNames, std::less<>> names_of_all(const app::Agreements& agreed) {
  std::map<std::string, page::OtherNames, std::less<>> names;
  for (const auto& [key, experiment] : agreed.experiments) {
    page::OtherNames& one = names[key];
    one.name = experiment.name;
    for (const auto& variant : experiment.variants) one.variants.emplace(variant.key, variant.name);
  }
  return names;
}

}  // namespace

page::Names names_of(const app::Service& service, std::uint32_t environment, std::string_view experiment) {
  page::Names names;
  const auto agreed = service.agreed(environment);
  const auto found = agreed->experiments.find(experiment);
  if (found == agreed->experiments.end()) return names;
  for (const auto& variant : found->second.variants) names.variants.emplace(variant.key, variant.name);
  for (const auto& planned : found->second.plan.metrics)
    if (const auto metric = agreed->metrics.find(planned.metric); metric != agreed->metrics.end()) {
      names.metrics.emplace(metric->first, metric->second.name);
      if (metric->second.stage) names.stages.emplace(metric->first, *metric->second.stage);
    }
  return names;
}

Result<judge::Report> report_for_people(app::Service& service, std::uint32_t environment, std::string_view experiment,
                                        const app::ReportTerms& terms) {
  auto report = app::make_report(service, environment, experiment, terms);
  if (!report) return report.error();
  report->digest.results = codec::results_digest(*report);
  return page::with_names(*std::move(report), names_of(service, environment, experiment));
}

Result<std::string> report_in_words(app::Service& service, std::uint32_t environment, std::string_view experiment,
                                    const app::ReportTerms& terms) {
  const auto report = report_for_people(service, environment, experiment, terms);
  if (!report) return report.error();
  const auto settings = app::environment_settings(service, environment);
  if (!settings) return settings.error();
  const auto agreed = service.agreed(environment);
  const auto found = agreed->experiments.find(experiment);
  return page::report_markdown(
      *report, found == agreed->experiments.end() ? page::Reach{} : reach_of(found->second, *report, *settings));
}

Result<std::string> draw_report_page(app::Service& service, std::uint32_t environment, std::string_view experiment,
                                     const PageWish& wish) {
  auto report = report_for_people(service, environment, experiment, wish.terms);
  if (!report) return report.error();
  const Time now = service.now();
  const auto settings = app::environment_settings(service, environment);
  if (!settings) return settings.error();
  const auto agreed = service.agreed(environment);
  const auto found = agreed->experiments.find(experiment);
  const auto names = names_of(service, environment, experiment);
  page::ReportHeading heading;
  if (found != agreed->experiments.end()) heading = heading_of(found->second, *report, *settings, now);
  const auto decisions = app::decisions(service, environment, experiment);
  if (!decisions) return decisions.error();
  heading.decisions = logged(*decisions, names, zone_of(*settings), wish.terms.as_of);
  heading.stages = page::stages_with_names(names);
  if (wish.form == PageForm::shared) hide_units(*report);
  if (wish.form != PageForm::served)
    for (auto& decision : heading.decisions) decision.by = without_address(std::move(decision.by));
  if (!wish.terms.as_of && !wish.terms.until) {
    auto told = app::make_over_time(service, environment, experiment, judge::CoursesOf::goals);
    if (!told) return told.error();
    heading.exposures_sent = exposures_sent(service, environment, experiment);
    heading.over_time = page::with_names(*std::move(told), names);
    auto staying = app::make_staying(service, environment, experiment, kFoundKeeps);
    if (!staying) return staying.error();
    heading.staying = page::with_names(*std::move(staying), names);
    if (wish.form != PageForm::shared) {
      auto others = app::make_interactions(service, environment, experiment, kFoundKeeps);
      if (!others) return others.error();
      heading.interactions = page::with_names(*std::move(others), names, names_of_all(*agreed));
    }
  }
  if (wish.truths) heading.truth = wish.truths(experiment);
  page::PageStyle style;
  style.self_contained = wish.form == PageForm::file;
  style.signed_in = wish.form == PageForm::served;
  style.takes_away = wish.takes_away;
  style.reproduce =
      "touchstone report " + std::string(experiment) + " --as-of " + codec::time_text(wish.terms.as_of.value_or(now));
  style.reveal = wish.reveal;
  if (wish.form == PageForm::served) style.script = asset_address("report-", ".js");
  return page::report_page(*report, heading, style);
}

Result<http::Response> show_experiments_page(Context& context, const http::Request&, const fast::Caller& caller) {
  const auto agreed = context.service.agreed(caller.environment);
  std::vector<page::ListedExperiment> listed;
  for (const auto& [key, experiment] : agreed->experiments) {
    auto& entry = listed.emplace_back(key, experiment.name, std::string(storage::name_of(experiment.state)), nullptr);
    if (experiment.state == storage::ExperimentState::draft) continue;
    if (const auto report = context.reports.find(context.service, caller.environment, key))
      entry.report = std::make_shared<const judge::Report>(
          page::with_names(**report, names_of(context.service, caller.environment, key)));
  }
  return html(page::experiments_page(listed, may(context, caller, storage::Role::editor)));
}

Result<http::Response> show_report_page(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto query = read_wish(request);
  if (!query) return query.error();
  auto text = draw_report_page(
      context.service, caller.environment, request.path_params[0],
      {PageForm::served, context.truths, query->flag("truth"), {}, may(context, caller, storage::Role::analyst)});
  if (text) return followed(html(std::move(*text)));
  if (text.error().code == ErrorCode::not_found && wants_page(request))
    return html(page::missing_page(request.path_params[0]), 404);
  return text.error();
}

}  // namespace touchstone::api
