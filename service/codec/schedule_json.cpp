#include "service/codec/schedule_json.hpp"

#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

using Missed = storage::Schedule::Missed;

bool read_missed(const Field& field, std::optional<Missed>& into) {
  ObjectReader in(field);
  into = Missed{};
  in.required("start", into->start, read_time);
  in.required("because", into->because, Text{4'000});
  return in.finish();
}

void write_instant(JsonWriter& out, std::string_view name, const std::optional<Time>& at) {
  if (at) out.key(name).text(time_text(*at));
}

}  // namespace

bool read_schedule(const Field& field, storage::Schedule& into, Source source) {
  if (field.value().is(JsonKind::null)) {
    into = {};
    return true;
  }
  ObjectReader in(field);
  in.nullable("start", into.start, read_time);
  in.nullable("stop", into.stop, read_time);
  in.server("missed", into.missed, read_missed, source);
  return in.finish();
}

void write_schedule(JsonWriter& out, const storage::Schedule& schedule) {
  if (schedule == storage::Schedule{}) return;
  out.key("schedule").begin_object();
  write_instant(out, "start", schedule.start);
  write_instant(out, "stop", schedule.stop);
  if (schedule.missed) {
    out.key("missed").begin_object();
    write_instant(out, "start", schedule.missed->start);
    out.key("because").text(schedule.missed->because).end_object();
  }
  out.end_object();
}

}  // namespace touchstone::codec
