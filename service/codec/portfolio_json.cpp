#include "service/codec/portfolio_json.hpp"

#include <optional>
#include <string_view>

#include "service/codec/json_writer.hpp"
#include "service/codec/report_rows.hpp"

namespace touchstone::codec {
namespace {

using judge::Lift;
using judge::Portfolio;

void write_lift(JsonWriter& out, std::string_view key, const std::optional<Lift>& lift) {
  out.key(key);
  if (!lift) {
    out.null();
    return;
  }
  out.begin_object().key("estimate").number(lift->estimate).key("low").number(lift->low);
  out.key("high").number(lift->high).end_object();
}

void write_counts(JsonWriter& out, const Portfolio& of) {
  out.key("experiments").natural(of.experiments).key("running").natural(of.running).key("ended").natural(of.ended);
  write_number(out, "per_month", of.per_month);
  out.key("months").begin_array();
  for (const auto& month : of.months)
    out.begin_object()
        .key("month")
        .text(month.month)
        .key("started")
        .natural(month.started)
        .key("ended")
        .natural(month.ended)
        .end_object();
  out.end_array().key("verdicts").begin_array();
  for (const auto& verdict : of.verdicts)
    out.begin_object().key("verdict").text(verdict.code).key("experiments").natural(verdict.experiments).end_object();
  out.end_array().key("judged").natural(of.judged).key("wins").natural(of.wins);
  write_lift(out, "win_rate", of.win_rate);
}

void write_prior(JsonWriter& out, const judge::PortfolioPrior& prior) {
  out.key("prior").begin_object().key("status").text(prior.status).key("effects").natural(prior.effects);
  write_lift(out, "mean", prior.mean);
  write_number(out, "spread", prior.spread);
  out.end_object();
}

void write_effects(JsonWriter& out, const Portfolio& of) {
  out.key("effects").begin_array();
  for (const auto& effect : of.effects) {
    out.begin_object().key("experiment").text(effect.experiment).key("name").text(effect.name);
    out.key("metric").text(effect.metric).key("variant").text(effect.variant);
    out.key("shipped").boolean(effect.shipped);
    write_lift(out, "raw", effect.raw);
    write_lift(out, "shrunken", effect.shrunken);
    write_number(out, "kept", effect.kept);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

std::string write_portfolio(const Portfolio& of) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  write_counts(out, of);
  write_prior(out, of.prior);
  out.key("shipped").begin_array();
  for (const auto& sum : of.shipped) {
    out.begin_object().key("metric").text(sum.metric).key("experiments").natural(sum.experiments);
    write_lift(out, "raw", sum.raw);
    write_lift(out, "shrunken", sum.shrunken);
    out.end_object();
  }
  out.end_array();
  write_effects(out, of);
  out.key("left_out").begin_array();
  for (const auto& left : of.left_out)
    out.begin_object()
        .key("experiment")
        .text(left.experiment)
        .key("name")
        .text(left.name)
        .key("reason")
        .text(left.reason)
        .end_object();
  out.end_array().key("explanation").text(judge::explanation(of)).end_object();
  return text;
}

}  // namespace touchstone::codec
