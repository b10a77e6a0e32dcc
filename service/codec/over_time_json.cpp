#include "service/codec/over_time_json.hpp"

#include "service/codec/json_writer.hpp"
#include "service/codec/metric_words.hpp"
#include "service/codec/report_rows.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

constexpr Word<judge::ChangeOf> kChanges[] = {{judge::ChangeOf::split, "split"},
                                              {judge::ChangeOf::coverage, "coverage"},
                                              {judge::ChangeOf::enrolment, "enrolment"},
                                              {judge::ChangeOf::audience, "audience"},
                                              {judge::ChangeOf::pause, "pause"}};

void write_shares(JsonWriter& out, std::string_view name, const std::vector<double>& shares) {
  if (shares.empty()) return;
  out.key(name).begin_array();
  for (const double share : shares) out.number(share);
  out.end_array();
}

void write_change(JsonWriter& out, const judge::DesignChange& change) {
  out.key("at").text(time_text(change.at)).key("of").text(word_of(kChanges, change.of));
  write_shares(out, "before", change.before);
  write_shares(out, "after", change.after);
  if (change.until) out.key("until").text(time_text(*change.until));
}

void begin(JsonWriter& out, std::string_view type, std::string_view experiment) {
  out.begin_object().key("type").text(type).key("experiment").text(experiment);
}

void write_point(JsonWriter& out, const judge::Course& course, const judge::KnownThen& known) {
  out.key("metric").text(course.metric).key("version").natural(course.version);
  out.key("role").text(word_of(kRoles, course.role)).key("variant").text(course.variant);
  out.key("control").text(course.control).key("method").text(course.method).key("until").text(time_text(known.until));
  out.key("units").begin_array().natural(known.control).natural(known.treatment).end_array();
  write_interval(out, "absolute", known.absolute);
  write_interval(out, "relative", known.relative);
}

}  // namespace

std::string write_over_time(std::string_view experiment, const judge::OverTime& told) {
  std::string text;
  const auto line = [&](std::string_view type, auto&& members) {
    JsonWriter out(text);
    begin(out, type, experiment);
    members(out);
    out.end_object();
    text += '\n';
  };
  for (const auto& course : told.courses)
    for (const auto& known : course.points) line("course", [&](JsonWriter& out) { write_point(out, course, known); });
  for (const auto& day : told.entries)
    line("entries", [&](JsonWriter& out) {
      out.key("day").text(time_text(day.from).substr(0, 10)).key("units").natural(day.units);
    });
  for (const auto& change : told.changes) line("change", [&](JsonWriter& out) { write_change(out, change); });
  return text;
}

}  // namespace touchstone::codec
