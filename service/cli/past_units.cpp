#include "service/cli/past_units.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/design.hpp"
#include "service/cli/load_events.hpp"
#include "service/cli/metric_option.hpp"
#include "service/cli/table_layout.hpp"
#include "service/cli/terminal.hpp"
#include "service/codec/experiment_json.hpp"
#include "service/codec/json.hpp"
#include "service/codec/metric_json.hpp"
#include "service/judge/aggregates.hpp"
#include "service/simulate/figures.hpp"

namespace touchstone::cli {
namespace {

AnalyzeOptions as_analysis(const SimulateOptions& options) {
  AnalyzeOptions analysis;
  analysis.files = options.files;
  analysis.metrics = options.metrics;
  analysis.windows = options.windows;
  analysis.definitions = options.definitions;
  analysis.unit = options.unit;
  analysis.variant = options.variant;
  analysis.control = options.control;
  return analysis;
}

bool names_tables(const SimulateOptions& options) {
  return options.files.front().find(".csv") != std::string::npos || !options.unit.empty() || !options.variant.empty();
}

Result<PastUnits> from_files(const SimulateOptions& options) {
  const AnalyzeOptions analysis = as_analysis(options);
  const auto asked = asked_metrics(analysis);
  if (!asked) return asked.error();
  auto layout = names_tables(options) ? table_layout_of(analysis, *asked) : Result(TableLayout{});
  if (!layout) return layout.error();
  const auto loaded = load_events(options.files, *layout, terminal_of(stderr).interactive);
  if (!loaded) return loaded.error();
  const auto agreed = design(analysis, *asked, *loaded);
  if (!agreed) return agreed.error();
  judge::Aggregates view;
  view.put(agreed->experiment, agreed->metrics);
  view.apply(loaded->events);
  view.bring_current();
  return PastUnits{simulate::pool_of(*view.study(agreed->experiment.key)), agreed->metrics, agreed->experiment.plan};
}

/// One amount of a unit: null where it has none.
judge::Amount amount_in(const codec::JsonView& value) {
  const auto number = value.integer();
  return number ? judge::Amount{*number, judge::AmountState::present} : simulate::no_amount();
}

Result<PastUnits> read_past(std::string_view text) {
  codec::JsonDocument document;
  if (auto read = document.read(text); !read) return read.error();
  const auto experiment = document.root().find("experiment");
  const auto units = document.root().find("units");
  const auto metrics = document.root().find("metrics");
  if (!experiment || !units || !metrics) return Error{ErrorCode::invalid, "the service told no units", "", ""};
  auto agreed = codec::read_stored_experiment(std::string(experiment->text().value_or("")));
  if (!agreed) return agreed.error();
  PastUnits past{{}, {}, std::move(agreed->plan)};
  for (const codec::JsonView each : metrics->elements()) {
    auto metric = codec::read_stored_metric(std::string(each.text().value_or("")));
    if (!metric) return metric.error();
    past.metrics.push_back(*std::move(metric));
  }
  for (const codec::JsonView unit : units->elements()) {
    past.pool.columns = unit.size();
    for (const codec::JsonView value : unit.elements()) past.pool.amounts.push_back(amount_in(value));
  }
  return past;
}

Result<PastUnits> from_service(const SimulateOptions& options) {
  auto client = OperatorClient::open(options.plan.data);
  if (!client) return client.error();
  const auto told = client->get("/local/units/" + options.past_of);
  return told ? read_past(*told) : told.error();
}

/// A unit of the pool is one amount of each metric; a quantile is made of its events.
Status refuse_quantiles(const PastUnits& past) {
  const auto found = std::ranges::find(past.metrics, storage::MetricKind::quantile, &storage::Metric::kind);
  if (found == past.metrics.end()) return ok();
  return Error{ErrorCode::invalid, fmt::format("{} is a quantile, which past units do not tell", found->key), "",
               "simulate a plan without it; how long it takes is told by `touchstone sample-size --like`"};
}

}  // namespace

Result<PastUnits> past_units(const SimulateOptions& options) {
  auto past = options.files.empty() ? from_service(options) : from_files(options);
  if (past && past->pool.units() < 2)
    return Error{ErrorCode::invalid, "fewer than two units of control to draw from", "",
                 "name the variant that they met: --control"};
  if (past)
    if (auto refused = refuse_quantiles(*past); !refused) return refused.error();
  return past;
}

}  // namespace touchstone::cli
