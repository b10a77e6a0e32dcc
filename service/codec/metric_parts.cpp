#include "service/codec/metric_parts.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include <fmt/format.h>

#include "service/codec/filter_field.hpp"
#include "service/codec/metric_words.hpp"

namespace touchstone::codec {
namespace {

using storage::Aspect;
using storage::Direction;
using storage::Metric;
using storage::MetricEvent;
using storage::MetricKind;
using storage::Score;
using storage::ScoreForm;

constexpr std::size_t kMostSteps = 9;  // after the first

bool is_one_of(MetricKind kind, std::initializer_list<MetricKind> kinds) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

/// Which part of a metric an event is, which decides on its members.
enum class Part { step, amount, value };

bool read_part(const Field& field, MetricEvent& into, Part part) {
  ObjectReader in(field);
  in.required("event", into.event, read_event_name);
  if (into.event == "*") in.fail("event", "only retention and churn ask for any event", "name one");
  in.optional("filter", into.filter, read_filter);
  if (part != Part::step) in.nullable("property", into.property, Text{128});
  if (part == Part::amount) in.optional("of", into.of, OneOf{kAspects});
  return in.finish();
}

bool read_step(const Field& field, MetricEvent& into) { return read_part(field, into, Part::step); }

/// A single further event; null removes it.
void read_single(ObjectReader& in, std::string_view key, Part part, std::vector<MetricEvent>& into) {
  std::optional<MetricEvent> read;
  const auto reader = [part](const Field& field, MetricEvent& event) { return read_part(field, event, part); };
  if (!in.nullable(key, read, reader)) return;
  into.clear();
  if (read) into.push_back(*std::move(read));
}

bool read_scale(ObjectReader& in, Score& score) {
  std::int64_t lowest = score.lowest;
  std::int64_t highest = score.highest;
  const auto whole = [](const Field& field, std::int64_t& into) {
    const auto value = field.value().integer();
    if (!value || *value < -1'000 || *value > 1'000) return field.fail("must be a whole number from -1000 to 1000", "");
    into = *value;
    return true;
  };
  in.required("lowest", lowest, whole);
  in.required("highest", highest, whole);
  score.lowest = static_cast<int>(lowest);
  score.highest = static_cast<int>(highest);
  if (lowest < highest && highest - lowest < storage::kMostAnswers) return true;
  return in.fail("highest", "must be above lowest, by at most 100", "a scale has 2 to 101 answers");
}

bool read_score(const Field& field, Score& into) {
  into = {};
  ObjectReader in(field);
  in.required("as", into.form, OneOf{kScoreForms});
  if (into.form == ScoreForm::nps) return in.finish();  // its scale is a part of its name
  read_scale(in, into);
  if (into.form == ScoreForm::csat) {
    std::uint32_t top = 0;
    in.required("top", top, Whole{0, 1'000});
    into.top = static_cast<int>(top);
    if (into.top <= into.lowest || into.top > into.highest)
      in.fail("top", "must lie on the scale, above its lowest answer", "4 on a scale of 1 to 5 is the usual top box");
  }
  if (into.form == ScoreForm::ces) in.required("easy", into.highest_easy, OneOf{kEasyEnds});
  return in.finish();
}

/// Of more decimals no rank among so many units would tell.
bool read_percentile(const Field& field, double& into) {
  if (!Number{50, 99.999}(field, into)) return false;
  into = static_cast<double>(std::llrint(into * 1000)) / 1000;
  return true;
}

bool read_pooled_cap(const Field& field, storage::PooledCap& into) {
  into = {};
  ObjectReader in(field);
  in.required("percentile", into.percentile, read_percentile);
  in.optional("ignore_zeros", into.ignore_zeros, read_bool);
  return in.finish();
}

/// Nearer to an end hardly any event lies beyond it, and what more decimals would tell few plans can resolve.
bool read_quantile(const Field& field, double& into) {
  constexpr std::string_view hint =
      "write the share of events that do not exceed it, such as 0.9 for the 90th percentile";
  const auto value = field.value().number();
  if (!value || !(*value >= 0.01 && *value <= 0.99)) {
    const bool percent = value && *value > 0.99 && *value <= 99;
    return field.fail(
        percent ? "is a percentage; it must be a share from 0.01 to 0.99" : "must be a share from 0.01 to 0.99",
        percent ? fmt::format("write {:g}", *value / 100) : std::string(hint));
  }
  into = static_cast<double>(std::llround(*value * 10'000)) / 10'000;
  return true;
}

struct Cap {
  std::optional<double> amount;
  std::optional<storage::PooledCap> pooled;
};

/// An amount, or a percentile.
bool read_cap(const Field& field, Cap& into) {
  if (field.value().is(JsonKind::object)) return read_pooled_cap(field, into.pooled.emplace());
  return Number{1e-6, 1e9}(field, into.amount.emplace());
}

void read_cap_of(ObjectReader& in, Metric& metric) {
  std::optional<Cap> read;
  if (!in.nullable("cap", read, read_cap)) return;
  metric.cap = read ? read->amount : std::nullopt;
  metric.pooled_cap = read ? read->pooled : std::nullopt;
}

/// Members that only some kinds have.
void refuse_strangers(const ObjectReader& in, const Metric& metric) {
  const auto only = [&](std::string_view key, bool there, std::initializer_list<MetricKind> kinds) {
    if (!there || is_one_of(metric.kind, kinds)) return;
    std::string names;
    for (const MetricKind kind : kinds) names += (names.empty() ? "" : ", ") + std::string(word_of(kMetricKinds, kind));
    in.fail(key, fmt::format("does not belong to a metric of kind {}", word_of(kMetricKinds, metric.kind)),
            fmt::format("remove it; it belongs to {}", names));
  };
  only("score", metric.score.has_value(), {MetricKind::score});
  only("cap", metric.cap || metric.pooled_cap, {MetricKind::count, MetricKind::sum, MetricKind::lifetime_value});
  only("of", metric.of != Aspect::value, {MetricKind::ratio});
  only("quantile", metric.quantile.has_value(), {MetricKind::quantile});
  only("lost_by", metric.by_inactivity, {MetricKind::churn});
}

void need_parts(const ObjectReader& in, const Metric& metric) {
  const auto need = [&](std::string_view key, bool there, std::string hint) {
    if (!there)
      in.fail(key, fmt::format("is needed by a metric of kind {}", word_of(kMetricKinds, metric.kind)),
              std::move(hint));
  };
  if (metric.kind == MetricKind::score) need("score", metric.score.has_value(), R"(add "score": {"as": "nps"})");
  if (metric.kind == MetricKind::quantile)
    need("quantile", metric.quantile.has_value(), R"(add "quantile": 0.9 for what 90 % of the events do not exceed)");
  if (metric.kind == MetricKind::ratio)
    need("denominator", metric.others.size() == 1, R"(add "denominator": {"event": "visit", "of": "occurrence"})");
  if (metric.kind == MetricKind::funnel) need("then", !metric.others.empty(), R"(add "then": [{"event": "purchase"}])");
  if (waits_for_window(metric.kind))
    need("window", metric.window.length.has_value(),
         R"(add "window": {"delay": "7d", "length": "1d"}: without an end no unit's figure is final)");
}

Direction direction_of(const Metric& metric) {
  if (metric.kind == MetricKind::churn) return Direction::decrease;
  const Score& score = *metric.score;
  return score.form == ScoreForm::ces && !score.highest_easy ? Direction::decrease : Direction::increase;
}

/// What is good about answers, and about losing customers, is not for each plan to say.
void settle_direction(const ObjectReader& in, Metric& metric, bool given) {
  if (!(metric.kind == MetricKind::churn || (metric.kind == MetricKind::score && metric.score))) return;
  if (given && metric.direction != direction_of(metric))
    in.fail("direction", "is the other way round for such a metric", "leave it out");
  metric.direction = direction_of(metric);
}

void settle_event(const ObjectReader& in, Metric& metric) {
  if (metric.event == "*" && !is_one_of(metric.kind, {MetricKind::retention, MetricKind::churn}))
    in.fail("event", "only retention and churn ask for any event", "name one");
  if (metric.kind == MetricKind::score && metric.event == "$survey" && !metric.property) metric.property = "score";
}

}  // namespace

bool read_event_name(const Field& field, std::string& into) {
  const auto text = field.value().text();
  const bool special = text && (text->starts_with('$') || *text == "*");
  if (!special) return read_key(field, into);
  into = *text;
  return text->size() <= 128 || field.fail("is too long for the name of an event", "shorten it");
}

void read_metric_parts(ObjectReader& in, Metric& metric) {
  in.optional("filter", metric.filter, read_filter);
  in.nullable("score", metric.score, read_score);
  read_cap_of(in, metric);
  in.nullable("quantile", metric.quantile, read_quantile);
  in.optional("of", metric.of, OneOf{kAspects});
  in.optional("lost_by", metric.by_inactivity, OneOf{kLostBy});
  const auto only = [&](std::string_view key, MetricKind kind) {
    if (metric.kind == kind) return true;
    if (in.has(key))
      in.fail(key, fmt::format("does not belong to a metric of kind {}", word_of(kMetricKinds, metric.kind)),
              fmt::format("remove it; it belongs to {}", word_of(kMetricKinds, kind)));
    return false;
  };
  const bool ratio = only("denominator", MetricKind::ratio);
  const bool funnel = only("then", MetricKind::funnel);
  const bool value = only("less", MetricKind::lifetime_value);
  if (ratio) read_single(in, "denominator", Part::amount, metric.others);
  if (funnel) in.optional("then", metric.others, ListOf{kMostSteps, read_step});
  if (value) read_single(in, "less", Part::value, metric.others);
  if (!ratio && !funnel && !value) metric.others.clear();
}

void check_metric_parts(const ObjectReader& in, Metric& metric, bool direction_given) {
  refuse_strangers(in, metric);
  need_parts(in, metric);
  settle_direction(in, metric, direction_given);
  settle_event(in, metric);
}

void write_score(JsonWriter& out, const Score& score) {
  out.key("score").begin_object().key("as").text(word_of(kScoreForms, score.form));
  if (score.form != ScoreForm::nps) out.key("lowest").integer(score.lowest).key("highest").integer(score.highest);
  if (score.form == ScoreForm::csat) out.key("top").integer(score.top);
  if (score.form == ScoreForm::ces) out.key("easy").text(word_of(kEasyEnds, score.highest_easy));
  out.end_object();
}

namespace {

void write_pooled_cap(JsonWriter& out, const storage::PooledCap& cap) {
  out.key("cap").begin_object().key("percentile").number(cap.percentile);
  if (cap.ignore_zeros) out.key("ignore_zeros").boolean(true);
  out.end_object();
}

void write_part(JsonWriter& out, const MetricEvent& part, Part as) {
  out.begin_object().key("event").text(part.event);
  if (part.property) out.key("property").text(*part.property);
  if (as == Part::amount) out.key("of").text(word_of(kAspects, part.of));
  if (!part.filter.empty()) write_filter(out.key("filter"), part.filter);
  out.end_object();
}

}  // namespace

void write_metric_parts(JsonWriter& out, const Metric& metric) {
  if (!metric.filter.empty()) write_filter(out.key("filter"), metric.filter);
  if (metric.score) write_score(out, *metric.score);
  if (metric.cap) out.key("cap").number(*metric.cap);
  if (metric.pooled_cap) write_pooled_cap(out, *metric.pooled_cap);
  if (metric.quantile) out.key("quantile").number(*metric.quantile);
  if (metric.kind == MetricKind::churn) out.key("lost_by").text(word_of(kLostBy, metric.by_inactivity));
  if (metric.kind == MetricKind::ratio) {
    out.key("of").text(word_of(kAspects, metric.of)).key("denominator");
    write_part(out, metric.others.front(), Part::amount);
  }
  if (metric.kind == MetricKind::funnel) {
    out.key("then").begin_array();
    for (const auto& step : metric.others) write_part(out, step, Part::step);
    out.end_array();
  }
  if (metric.kind == MetricKind::lifetime_value && !metric.others.empty())
    write_part(out.key("less"), metric.others.front(), Part::value);
}

}  // namespace touchstone::codec
