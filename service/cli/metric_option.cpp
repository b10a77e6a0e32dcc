#include "service/cli/metric_option.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "assign/key.hpp"
#include "service/cli/option_text.hpp"
#include "service/codec/did_you_mean.hpp"
#include "service/codec/time_text.hpp"
#include "service/codec/unit_table.hpp"

namespace touchstone::cli {
namespace {

using storage::MetricKind;
using storage::MetricRole;

constexpr std::array<std::string_view, 4> kinds{"proportion", "count", "sum", "mean"};
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
  const auto kind = index_of(kinds, last->value);
  if (!kind)
    return bad_option("--metric", text, fmt::format("there is no kind \"{}\"", last->value),
                      codec::did_you_mean(last->value, kinds));
  read.metric.kind = static_cast<MetricKind>(*kind);
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

/// Applies every METRIC=VALUE of one option.
Status apply(std::vector<AskedMetric>& metrics, std::string_view option, const std::vector<std::string>& texts,
             Status (*set)(AskedMetric&, std::string_view)) {
  for (const auto& text : texts) {
    const auto pair = split_last(text, '=');
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
  if (!status) return std::move(status).error();
  return metrics;
}

}  // namespace touchstone::cli
