#include "service/cli/metric_option.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "assign/key.hpp"
#include "service/cli/option_text.hpp"
#include "service/codec/did_you_mean.hpp"
#include "service/codec/json_cut.hpp"
#include "service/codec/time_text.hpp"
#include "service/codec/unit_table.hpp"

namespace touchstone::cli {
namespace {

using storage::MetricKind;
using storage::MetricRole;

constexpr std::array<std::string_view, 14> kinds{
    "proportion", "count",  "sum",      "mean",        "score",      "retention",      "churn",
    "ratio",      "funnel", "duration", "first_value", "last_value", "lifetime_value", "quantile"};

/// Scores by their names, with the scales that most surveys use.
struct NamedScore {
  std::string_view name;
  std::string_view members;
};
constexpr std::array scores{
    NamedScore{"nps", R"("score":{"as":"nps"})"},
    NamedScore{"csat", R"("score":{"as":"csat","lowest":1,"highest":5,"top":4})"},
    NamedScore{"ces", R"("score":{"as":"ces","lowest":1,"highest":7,"easy":"highest"})"},
};
constexpr std::array<std::string_view, 3> roles{"goal", "secondary", "guardrail"};
constexpr std::array<std::string_view, 2> directions{"increase", "decrease"};

template <std::size_t Count>
std::optional<std::size_t> index_of(const std::array<std::string_view, Count>& words, std::string_view word) {
  const auto at = std::find(words.begin(), words.end(), word);
  if (at == words.end()) return std::nullopt;
  return static_cast<std::size_t>(at - words.begin());
}

/// A metric, and whether its text names a role.
struct Read {
  AskedMetric metric;
  bool role_given = false;
};

Status take_key(std::string_view& rest, std::string_view text, AskedMetric& metric) {
  if (const auto named = split_first(rest, '=')) {
    metric.key = named->name;
    rest = named->value;
  }
  metric.event = rest;
  if (metric.key.empty()) metric.key = codec::as_key(rest);
  if (assign::valid_key(metric.key)) return ok();
  return bad_option("--metric", text, fmt::format("\"{}\" is not a key", metric.key), "give one: KEY=EVENT:KIND");
}

/// "p90": 90.
std::optional<double> percentile_in(std::string_view name) {
  if (!name.starts_with('p')) return std::nullopt;
  return number_in(name.substr(1));
}

Status take_kind(std::string_view name, std::string_view text, AskedMetric& metric) {
  if (const auto* const score = std::ranges::find(scores, name, &NamedScore::name); score != scores.end()) {
    metric.kind = MetricKind::score;
    metric.more = score->members;
    return ok();
  }
  if (const auto percentile = percentile_in(name)) {
    metric.kind = MetricKind::quantile;
    metric.more = fmt::format(R"("quantile":{})", *percentile / 100);
    return ok();
  }
  const auto kind = index_of(kinds, name);
  if (!kind)
    return bad_option("--metric", text, fmt::format("there is no kind \"{}\"", name), codec::did_you_mean(name, kinds));
  metric.kind = static_cast<MetricKind>(*kind);
  return ok();
}

Result<Read> read_metric(std::string_view text) {
  Read read;
  auto rest = text;
  auto last = split_last(rest, ':');
  if (last && index_of(roles, last->value)) {
    read.role_given = true;
    read.metric.role = static_cast<MetricRole>(*index_of(roles, last->value));
    rest = last->name;
    last = split_last(rest, ':');
  }
  if (!last) return bad_option("--metric", text, "no kind is given", "write it like converted:proportion");
  if (auto kind = take_kind(last->value, text, read.metric); !kind) return kind.error();
  rest = last->name;
  if (auto keyed = take_key(rest, text, read.metric); !keyed) return keyed.error();
  return read;
}

/// Where no metric is called goal, the first without a role is.
Status appoint_goal(std::vector<Read>& reads) {
  const auto goal = [](const Read& read) { return read.metric.role == MetricRole::goal; };
  if (std::any_of(reads.begin(), reads.end(), goal)) return ok();
  const auto first = std::find_if(reads.begin(), reads.end(), [](const Read& read) { return !read.role_given; });
  if (first == reads.end())
    return Error{ErrorCode::invalid, "--metric: none of them is the goal", "", "end one with :goal"};
  first->metric.role = MetricRole::goal;
  return ok();
}

Result<AskedMetric*> find(std::vector<AskedMetric>& metrics, std::string_view option, std::string_view text,
                          std::string_view key) {
  std::vector<std::string_view> keys;
  for (const auto& metric : metrics) keys.push_back(metric.key);
  const auto at = std::find(keys.begin(), keys.end(), key);
  if (at == keys.end())
    return bad_option(option, text, fmt::format("there is no metric \"{}\"", key), codec::did_you_mean(key, keys));
  return &metrics[static_cast<std::size_t>(at - keys.begin())];
}

Status set_margin(AskedMetric& metric, std::string_view value) {
  metric.margin = number_in(value);
  if (!metric.margin || *metric.margin <= 0)
    return Error{ErrorCode::invalid, "the margin is not a share above 0", "", "0.02 allows a harm of 2 %"};
  if (metric.role != MetricRole::guardrail)
    return Error{ErrorCode::invalid, "only a guardrail has a margin", "", "end its --metric with :guardrail"};
  return ok();
}

Status set_direction(AskedMetric& metric, std::string_view value) {
  const auto direction = index_of(directions, value);
  if (!direction)
    return Error{ErrorCode::invalid, "there is no such direction", "", codec::did_you_mean(value, directions)};
  metric.direction = static_cast<storage::Direction>(*direction);
  return ok();
}

Status set_window(AskedMetric& metric, std::string_view value) {
  const auto parts = split_first(value, '+');
  const auto length = codec::parse_duration(parts ? parts->value : value);
  if (!length) return length.error();
  metric.window.length = *length;
  if (!parts) return ok();
  const auto delay = codec::parse_duration(parts->name);
  if (!delay) return delay.error();
  metric.window.delay = *delay;
  return ok();
}

Status set_definition(AskedMetric& metric, std::string_view value) {
  const auto members = codec::cut_object(value);
  if (!members) return Error{ErrorCode::invalid, "is no JSON object", "", R"(write it like nps={"property":"score"})"};
  for (const auto& member : *members)
    metric.more += fmt::format("{}\"{}\":{}", metric.more.empty() ? "" : ",", member.key, member.value);
  return ok();
}

/// Applies every METRIC=VALUE of one option.
Status apply(std::vector<AskedMetric>& metrics, std::string_view option, const std::vector<std::string>& texts,
             Status (*set)(AskedMetric&, std::string_view)) {
  for (const auto& text : texts) {
    const auto pair = option == "--define" ? split_first(text, '=') : split_last(text, '=');
    if (!pair) return bad_option(option, text, "has no value", "write it METRIC=VALUE");
    const auto metric = find(metrics, option, text, pair->name);
    if (!metric) return metric.error();
    if (const auto done = set(**metric, pair->value); !done)
      return bad_option(option, text, done.error().message, done.error().hint);
  }
  return ok();
}

Status refuse_repeated_keys(const std::vector<AskedMetric>& metrics) {
  for (auto metric = metrics.begin(); metric != metrics.end(); ++metric)
    if (std::any_of(metrics.begin(), metric, [&](const AskedMetric& other) { return other.key == metric->key; }))
      return Error{ErrorCode::invalid, fmt::format("--metric: two metrics have the key {}", metric->key), "",
                   "give one of them another: KEY=EVENT:KIND"};
  return ok();
}

}  // namespace

std::string_view name_of(MetricKind kind) noexcept { return kinds[static_cast<std::size_t>(kind)]; }

std::string_view name_of(MetricRole role) noexcept { return roles[static_cast<std::size_t>(role)]; }

Result<std::vector<AskedMetric>> asked_metrics(const AnalyzeOptions& options) {
  std::vector<Read> reads;
  for (const auto& text : options.metrics) {
    auto read = read_metric(text);
    if (!read) return std::move(read).error();
    reads.push_back(*std::move(read));
  }
  if (auto appointed = appoint_goal(reads); !appointed) return std::move(appointed).error();
  std::vector<AskedMetric> metrics;
  for (auto& read : reads) metrics.push_back(std::move(read.metric));
  auto status = refuse_repeated_keys(metrics);
  if (status) status = apply(metrics, "--margin", options.margins, set_margin);
  if (status) status = apply(metrics, "--direction", options.directions, set_direction);
  if (status) status = apply(metrics, "--window", options.windows, set_window);
  if (status) status = apply(metrics, "--define", options.definitions, set_definition);
  if (!status) return std::move(status).error();
  return metrics;
}

}  // namespace touchstone::cli
