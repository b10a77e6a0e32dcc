#include "service/codec/staying_json.hpp"

#include "service/codec/json_writer.hpp"
#include "service/codec/metric_words.hpp"
#include "service/codec/survival_json.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

constexpr Word<judge::StayStep> kSteps[] = {
    {judge::StayStep::minute, "minute"}, {judge::StayStep::hour, "hour"}, {judge::StayStep::day, "day"}};

void write_metric(JsonWriter& out, const judge::Staying& told) {
  out.begin_object().key("metric").text(told.metric).key("version").natural(told.version);
  out.key("kind").text(word_of(kMetricKinds, told.kind)).key("step").text(word_of(kSteps, told.step)).key("tested_at");
  if (told.tested_at)
    out.text(time_text(*told.tested_at));
  else
    out.null();
  out.key("survival").raw(write_survival(told.study, {told.arms, told.rows})).end_object();
}

}  // namespace

std::string write_staying(std::string_view experiment, std::span<const judge::Staying> metrics) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("experiment").text(experiment).key("metrics").begin_array();
  for (const judge::Staying& told : metrics) write_metric(out, told);
  out.end_array().end_object();
  return text;
}

}  // namespace touchstone::codec
