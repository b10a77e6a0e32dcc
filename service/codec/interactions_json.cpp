#include "service/codec/interactions_json.hpp"

#include "service/codec/json_writer.hpp"
#include "service/codec/report_rows.hpp"

namespace touchstone::codec {
namespace {

void write_assignment(JsonWriter& out, const judge::OtherExperiment& other) {
  out.key("assignment").begin_object().key("status").text(other.status);
  write_number(out, "chi2", other.chi2);
  out.key("df").integer(other.df);
  write_number(out, "p", other.p);
  out.key("dependent").boolean(other.dependent).end_object();
}

void write_row(JsonWriter& out, const judge::InteractionRow& row) {
  out.begin_object().key("metric").text(row.metric).key("version").natural(row.version);
  out.key("variant").text(row.variant).key("control").text(row.control).key("other_variant").text(row.other_variant);
  write_interval(out, "without", row.without);
  write_interval(out, "with", row.with);
  write_interval(out, "difference", row.difference);
  write_number(out, "p", row.p);
  write_number(out, "p_adjusted", row.p_adjusted);
  out.key("stands_out").boolean(row.stands_out).end_object();
}

void write_other(JsonWriter& out, const judge::OtherExperiment& other) {
  out.begin_object().key("experiment").text(other.key).key("control").text(other.control);
  out.key("units").natural(other.units);
  write_assignment(out, other);
  out.key("results").begin_array();
  for (const auto& row : other.rows) write_row(out, row);
  out.end_array().end_object();
}

}  // namespace

std::string write_interactions(std::string_view experiment, const judge::Interactions& found) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("experiment").text(experiment).key("others").begin_array();
  for (const auto& other : found.others) write_other(out, other);
  out.end_array().key("left_out").natural(found.left_out).key("goals_left_out").begin_array();
  for (const auto& goal : found.goals_left_out) out.text(goal);
  out.end_array().end_object();
  return text;
}

}  // namespace touchstone::codec
