#include "service/codec/exposure_field.hpp"

#include "sdk/wire/condition_json.hpp"
#include "service/codec/condition_field.hpp"

namespace touchstone::codec {

bool read_exposure(const Field& field, assign::ExposureDocument& into) {
  if (field.value().is(JsonKind::object)) {
    ObjectReader in(field);
    assign::ExposureEvent event;
    in.required("event", event.event, read_key);
    in.nullable("filter", event.filter, read_condition);
    into = std::move(event);
    return in.finish();
  }
  const auto word = field.value().text();
  if (word == "evaluate") return into = assign::ExposedByEvaluate{}, true;
  if (word == "client") return into = assign::ExposedByClient{}, true;
  return field.fail("must be evaluate, client or an event", R"(send {"event": "page_view"})");
}

void write_exposure(JsonWriter& out, const assign::ExposureDocument& exposure) {
  if (std::holds_alternative<assign::ExposedByEvaluate>(exposure)) return void(out.text("evaluate"));
  if (std::holds_alternative<assign::ExposedByClient>(exposure)) return void(out.text("client"));
  const auto& event = std::get<assign::ExposureEvent>(exposure);
  out.begin_object().key("event").text(event.event);
  if (event.filter) out.key("filter").raw(wire::write_condition(*event.filter));
  out.end_object();
}

}  // namespace touchstone::codec
