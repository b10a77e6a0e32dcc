#include "service/cli/design.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "service/app/experiment_lifecycle.hpp"
#include "service/cli/option_text.hpp"
#include "service/codec/did_you_mean.hpp"
#include "service/codec/experiment_json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/metric_json.hpp"
#include "service/codec/time_text.hpp"
#include "service/codec/unit_table.hpp"

namespace touchstone::cli {
namespace {

/// What the exposures say about one experiment.
struct Seen {
  std::set<std::string_view> variants;
  std::set<std::string_view> unit_types;
  Time first = Time::max();
};
using SeenExperiments = std::map<std::string_view, Seen>;

struct Share {
  std::string variant;
  std::optional<double> weight;
};

SeenExperiments seen_in(const LoadedEvents& loaded) {
  SeenExperiments experiments;
  auto last = experiments.end();
  for (const auto& stored : loaded.events) {
    const auto& event = stored.event;
    if (event.type != storage::EventType::exposure) continue;
    if (last == experiments.end() || last->first != event.experiment)
      last = experiments.try_emplace(event.experiment).first;
    last->second.variants.insert(event.variant);
    last->second.unit_types.insert(event.unit.type);
    last->second.first = std::min(last->second.first, stored.te);
  }
  return experiments;
}

Result<SeenExperiments::const_iterator> chosen(const SeenExperiments& seen, std::string_view key) {
  std::vector<std::string_view> keys;
  for (const auto& [name, facts] : seen) keys.push_back(name);
  if (seen.empty())
    return Error{ErrorCode::not_found, "nobody met any experiment: the data hold no exposure", "",
                 "exposures say which unit met which variant, and when"};
  if (key.empty() && seen.size() == 1) return seen.begin();
  if (key.empty())
    return Error{ErrorCode::invalid, "the data hold several experiments", "",
                 fmt::format("name one: --experiment {}", fmt::join(keys, " or "))};
  if (const auto found = seen.find(key); found != seen.end()) return found;
  return Error{ErrorCode::not_found, fmt::format("the data hold no experiment \"{}\"", key), "",
               codec::did_you_mean(key, keys)};
}

/// A variant as the events name it: a table's text stands there as a key.
std::string variant_key(std::string_view name, const LoadedEvents& loaded) {
  return loaded.table ? codec::as_key(name) : std::string(name);
}

Result<std::vector<Share>> shares_asked(const std::string& split, const LoadedEvents& loaded) {
  std::vector<Share> shares;
  for (const auto part : split_text(split, ',')) {
    const auto pair = split_last(part, '=');
    const auto weight = pair ? number_in(pair->value) : std::nullopt;
    if (!weight || *weight < 0)
      return bad_option("--split", split, fmt::format("\"{}\" is not a share", part), "write control=50,treatment=50");
    shares.push_back({variant_key(pair->name, loaded), weight});
  }
  return shares;
}

/// The variants of the data, control first.
std::vector<Share> shares_seen(const Seen& seen, std::string_view control) {
  std::vector<Share> shares;
  for (const auto variant : seen.variants) shares.push_back({std::string(variant), std::nullopt});
  std::stable_partition(shares.begin(), shares.end(), [&](const Share& share) { return share.variant == control; });
  return shares;
}

Result<std::vector<Share>> shares_of(const AnalyzeOptions& options, const Seen& seen, const LoadedEvents& loaded) {
  const auto control = variant_key(options.control, loaded);
  auto shares = options.split.empty() ? Result(shares_seen(seen, control)) : shares_asked(options.split, loaded);
  if (!shares) return shares;
  std::vector<std::string_view> names;
  for (const auto& share : *shares) names.push_back(share.variant);
  if (std::find(names.begin(), names.end(), control) != names.end()) return shares;
  return Error{ErrorCode::not_found, fmt::format("there is no variant \"{}\" to compare against", options.control), "",
               "--control: " + codec::did_you_mean(control, names)};
}

/// A table's cells are text; in a log a bare number or truth value means itself and quotes make it text.
void write_expected(codec::JsonWriter& json, std::string_view value, bool table) {
  const auto number = number_in(value);
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  if (!table && quoted)
    json.text(value.substr(1, value.size() - 2));
  else if (!table && number)
    json.number(*number);
  else if (!table && (value == "true" || value == "false"))
    json.boolean(value == "true");
  else
    json.text(value);
}

Status write_expectation(codec::JsonWriter& json, std::string_view text, const LoadedEvents& loaded) {
  const auto bad = [&] {
    return bad_option("--expect", text, "is not understood", "write page=control:old,treatment:new");
  };
  const auto attribute = split_first(text, '=');
  if (!attribute) return bad();
  json.key(attribute->name).begin_object();
  for (const auto part : split_text(attribute->value, ',')) {
    const auto pair = split_first(part, ':');
    if (!pair) return bad();
    json.key(variant_key(pair->name, loaded));
    write_expected(json, pair->value, loaded.table);
  }
  json.end_object();
  return ok();
}

Status write_expectations(codec::JsonWriter& json, const std::vector<std::string>& texts, const LoadedEvents& loaded) {
  if (texts.empty()) return ok();
  json.key("expects").begin_object();
  for (const auto& text : texts)
    if (auto written = write_expectation(json, text, loaded); !written) return written;
  json.end_object();
  return ok();
}

void write_variants(codec::JsonWriter& json, const std::vector<Share>& shares, std::string_view control,
                    const LoadedEvents& loaded) {
  json.key("variants").begin_array();
  for (const auto& share : shares) {
    json.begin_object().key("key").text(share.variant);
    if (const auto name = loaded.variant_names.find(share.variant);
        name != loaded.variant_names.end() && name->second != share.variant)
      json.key("name").text(name->second);
    if (share.variant == control) json.key("control").boolean(true);
    if (share.weight) json.key("weight").number(*share.weight);
    json.end_object();
  }
  json.end_array();
}

void write_plan(codec::JsonWriter& json, const AnalyzeOptions& options, const std::vector<AskedMetric>& metrics) {
  json.key("plan").begin_object().key("metrics").begin_array();
  for (const auto& metric : metrics) {
    json.begin_object().key("metric").text(metric.key).key("role").text(name_of(metric.role));
    if (metric.margin) json.key("margin").number(*metric.margin);
    json.end_object();
  }
  json.end_array();
  json.key("alpha").number(options.alpha).key("crossover").text(options.crossover);
  json.key("method").begin_object().key("id").text("fixed-horizon").end_object();
  if (options.smallest_effect) json.key("smallest_effect").number(*options.smallest_effect);
  json.end_object();
}

void write_window(codec::JsonWriter& json, const storage::Window& window) {
  json.key("window").begin_object().key("delay").text(codec::duration_text(window.delay));
  if (window.length) json.key("length").text(codec::duration_text(*window.length));
  json.end_object();
}

std::string metric_document(const AskedMetric& metric, bool table) {
  std::string text;
  codec::JsonWriter json(text);
  json.begin_object().key("key").text(metric.key);
  json.key("kind").text(name_of(table ? codec::kind_over_events(metric.kind) : metric.kind));
  json.key("event").text(table ? metric.key : metric.event);
  if (table && metric.kind == storage::MetricKind::count) json.key("decimals").integer(0);
  if (metric.direction == storage::Direction::decrease) json.key("direction").text("decrease");
  if (metric.window != storage::Window{}) write_window(json, metric.window);
  json.end_object();
  if (!metric.more.empty()) text.insert(text.size() - 1, "," + metric.more);
  return text;
}

Result<std::string> experiment_document(const AnalyzeOptions& options, const std::vector<AskedMetric>& metrics,
                                        const LoadedEvents& loaded, SeenExperiments::const_iterator seen) {
  const auto shares = shares_of(options, seen->second, loaded);
  if (!shares) return shares.error();
  const auto& types = seen->second.unit_types;
  std::string text;
  codec::JsonWriter json(text);
  json.begin_object().key("key").text(seen->first).key("scheme").text("external").key("exposure").text("client");
  if (types.size() == 1) json.key("unit_type").text(*types.begin());
  write_variants(json, *shares, variant_key(options.control, loaded), loaded);
  if (auto written = write_expectations(json, options.expect, loaded); !written) return std::move(written).error();
  write_plan(json, options, metrics);
  json.end_object();
  return text;
}

std::string told(const Error& error) {
  return error.pointer.empty() ? error.message : error.pointer.substr(1) + " " + error.message;
}

Status agree_on_metrics(Design& design, const std::vector<AskedMetric>& asked, const LoadedEvents& loaded) {
  for (const auto& metric : asked) {
    design.metric_documents.push_back(metric_document(metric, loaded.table));
    auto read = codec::read_new_metric(design.metric_documents.back());
    if (!read) return bad_option("--metric", metric.key, told(read.error()), read.error().hint);
    design.metrics.push_back(*std::move(read));
  }
  return ok();
}

/// The run begins with the first exposure, whenever that is looked at. Nothing was agreed before it, so the plan does
/// not say when it was frozen.
Result<storage::Experiment> started(storage::Experiment draft, Time at, const std::vector<storage::Metric>& metrics) {
  app::MoveTerms terms;
  terms.now = at;
  terms.metrics = metrics;
  auto running = app::moved(std::move(draft), app::Move::start, terms);
  if (running) running->plan.frozen_at.reset();
  return running;
}

}  // namespace

Result<Design> design(const AnalyzeOptions& options, const std::vector<AskedMetric>& metrics,
                      const LoadedEvents& loaded) {
  const auto experiments = seen_in(loaded);
  const auto seen = chosen(experiments, loaded.table ? "" : options.experiment);
  if (!seen) return seen.error();
  Design design;
  if (auto agreed = agree_on_metrics(design, metrics, loaded); !agreed) return std::move(agreed).error();
  auto document = experiment_document(options, metrics, loaded, *seen);
  if (!document) return std::move(document).error();
  design.experiment_document = *std::move(document);
  auto draft = codec::read_new_experiment(design.experiment_document);
  if (!draft) return std::move(draft).error();
  auto running = started(*std::move(draft), (*seen)->second.first, design.metrics);
  if (!running) return std::move(running).error();
  design.experiment = *std::move(running);
  return design;
}

std::string setup_document(const Design& design) {
  std::string text;
  codec::JsonWriter json(text);
  json.begin_object().key("metrics").begin_array();
  for (const auto& metric : design.metric_documents) json.raw(metric);
  json.end_array().key("experiment").raw(design.experiment_document);
  json.key("start").begin_object().key("at").text(codec::time_text(design.experiment.phases.front().started_at));
  json.end_object().end_object();
  return text;
}

}  // namespace touchstone::cli
