#include "service/codec/report_rows.hpp"

#include "service/codec/metric_words.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

using judge::Arm;
using judge::Row;

/// One figure of both arms: [control, treatment].
void write_pair(JsonWriter& out, std::string_view key, const Row& row, std::optional<double> Arm::*figure) {
  out.key(key).begin_array();
  for (const auto& arm : row.arms) (arm.*figure) ? out.number(*(arm.*figure)) : out.null();
  out.end_array();
}

void write_pair(JsonWriter& out, std::string_view key, const Row& row, std::optional<std::uint64_t> Arm::*figure) {
  out.key(key).begin_array();
  for (const auto& arm : row.arms) (arm.*figure) ? out.natural(*(arm.*figure)) : out.null();
  out.end_array();
}

/// Counts of both arms, where there are any.
void write_pair(JsonWriter& out, std::string_view key, const Row& row, std::vector<std::uint64_t> Arm::*counts) {
  if ((row.arms[0].*counts).empty() && (row.arms[1].*counts).empty()) return;
  out.key(key).begin_array();
  for (const auto& arm : row.arms) {
    out.begin_array();
    for (const auto count : arm.*counts) out.natural(count);
    out.end_array();
  }
  out.end_array();
}

void write_arms(JsonWriter& out, const Row& row) {
  out.key("n").begin_array().natural(row.arms[0].n).natural(row.arms[1].n).end_array();
  write_pair(out, "mean", row, &Arm::mean);
  write_pair(out, "sum", row, &Arm::sum);
  write_pair(out, "variance", row, &Arm::variance);
  if (tells_share(row.kind, row.score)) write_pair(out, "successes", row, &Arm::successes);
  if (row.arms[0].units || row.arms[1].units) write_pair(out, "units", row, &Arm::units);
  write_pair(out, "answers", row, &Arm::answers);
  write_pair(out, "steps", row, &Arm::steps);
}

void write_always_valid(JsonWriter& out, const judge::AlwaysValid& always_valid) {
  out.key("always_valid").begin_object();
  write_interval(out, "absolute", always_valid.absolute);
  write_interval(out, "relative", always_valid.relative);
  write_number(out, "p", always_valid.p);
  write_number(out, "p_adjusted", always_valid.p_adjusted);
  if (!always_valid.method.empty()) out.key("method").text(always_valid.method);
  if (always_valid.until) out.key("until").text(time_text(*always_valid.until));
  if (always_valid.decided_at) out.key("decided_at").text(time_text(*always_valid.decided_at));
  if (always_valid.immature_units) out.key("immature_units").natural(*always_valid.immature_units);
  if (always_valid.log10_e) {
    out.key("log10_e").begin_object().key("above").number((*always_valid.log10_e)[0]);
    out.key("below").number((*always_valid.log10_e)[1]).end_object();
  }
  out.end_object();
}

void write_fixed(JsonWriter& out, const judge::Fixed& fixed) {
  out.key("fixed").begin_object().key("test").text(fixed.test);
  write_number(out, "statistic", fixed.statistic);
  write_number(out, "df", fixed.df);
  write_number(out, "p", fixed.p);
  write_number(out, "log10_p", fixed.log10_p);
  write_number(out, "p_adjusted", fixed.p_adjusted);
  if (!fixed.correction.empty()) out.key("correction").text(fixed.correction);
  out.end_object();
}

void write_posterior(JsonWriter& out, const judge::Posterior& posterior) {
  out.key("posterior").begin_object().key("model").text(posterior.model);
  write_number(out, "chance_to_beat_control", posterior.chance_to_beat_control);
  write_number(out, "chance_best", posterior.chance_best);
  write_number(out, "loss_choose_variant", posterior.loss_choose_variant);
  write_number(out, "loss_choose_control", posterior.loss_choose_control);
  write_interval(out, "credible", posterior.credible);
  out.end_object();
}

void write_adjustment(JsonWriter& out, const judge::Adjustment& covariate) {
  out.key("covariate").begin_object().key("status").text(covariate.status);
  write_number(out, "slope", covariate.slope);
  write_number(out, "correlation", covariate.correlation);
  write_number(out, "variance_reduction", covariate.variance_reduction);
  out.key("without_history").begin_array();
  for (const auto units : covariate.without_history) out.natural(units);
  out.end_array().key("mean").begin_array();
  for (const auto& mean : covariate.mean) mean ? out.number(*mean) : out.null();
  out.end_array().key("unadjusted").begin_object();
  write_interval(out, "absolute", covariate.absolute);
  write_interval(out, "relative", covariate.relative);
  write_number(out, "p", covariate.p);
  out.end_object().end_object();
}

void write_capping(JsonWriter& out, const judge::Capping& cap) {
  out.key("cap").begin_object().key("percentile").number(cap.percentile);
  write_number(out, "value", cap.cap);
  out.key("units").begin_array().natural(cap.units[0]).natural(cap.units[1]).end_array();
  out.key("uncapped").begin_object();
  write_interval(out, "absolute", cap.absolute);
  write_interval(out, "relative", cap.relative);
  write_number(out, "p", cap.p);
  out.end_object().end_object();
}

void write_quantile(JsonWriter& out, const judge::Quantiles& quantile) {
  out.key("quantile").begin_object().key("which").number(quantile.which);
  out.key("events").begin_array().natural(quantile.events[0]).natural(quantile.events[1]).end_array();
  out.key("above").begin_array().natural(quantile.above[0]).natural(quantile.above[1]).end_array();
  out.key("design_effect").begin_array();
  for (const auto& effect : quantile.design_effect) effect ? out.number(*effect) : out.null();
  out.end_array();
  write_interval(out, "control", quantile.arms[0]);
  write_interval(out, "treatment", quantile.arms[1]);
  out.end_object();
}

void write_row(JsonWriter& out, const Row& row) {
  out.begin_object().key("metric").text(row.metric).key("version").natural(row.version);
  out.key("kind").text(word_of(kMetricKinds, row.kind)).key("role").text(word_of(kRoles, row.role));
  out.key("variant").text(row.variant).key("control").text(row.control);
  write_arms(out, row);
  write_interval(out, "absolute", row.absolute);
  write_number(out, "se", row.se);
  write_interval(out, "relative", row.relative);
  write_always_valid(out, row.always_valid);
  write_fixed(out, row.fixed);
  write_posterior(out, row.posterior);
  if (row.covariate) write_adjustment(out, *row.covariate);
  if (row.cap) write_capping(out, *row.cap);
  if (row.quantile) write_quantile(out, *row.quantile);
  if (row.immature_units) out.key("immature_units").natural(*row.immature_units);
  if (row.shrunk) out.key("shrunk").number(*row.shrunk);
  out.key("status").text(row.status).key("conclusion").text(row.conclusion).end_object();
}

}  // namespace

void write_interval(JsonWriter& out, std::string_view key, const judge::Interval& interval) {
  out.key(key).begin_object();
  write_number(out, "estimate", interval.estimate);
  write_number(out, "low", interval.low);
  write_number(out, "high", interval.high);
  out.key("status").text(interval.status).end_object();
}

void write_number(JsonWriter& out, std::string_view key, const std::optional<double>& value) {
  out.key(key);
  value ? out.number(*value) : out.null();
}

void write_rows(JsonWriter& out, const std::vector<Row>& rows) {
  out.begin_array();
  for (const auto& row : rows) write_row(out, row);
  out.end_array();
}

}  // namespace touchstone::codec
