#include "service/codec/event_csv.hpp"

#include "service/codec/csv.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {

std::string_view event_csv_header() noexcept {
  return "seq,type,id,unit_type,unit,ts,te,received,name,experiment,variant,config_version,value,attributes,channel,"
         "touchpoint,to_type,to_unit,key\n";
}

void append_event_csv(std::string& out, const storage::StoredEvent& stored) {
  const storage::Event& event = stored.event;
  out += std::to_string(stored.seq);
  for (const std::string_view text : {name_of(event.type), event.id, event.unit.type, event.unit.id})
    append_csv(out += ',', text);
  for (const Time time : {event.ts, stored.te, stored.received}) append_time(out += ',', time);
  for (const std::string_view text : {event.name, event.experiment, event.variant}) append_csv(out += ',', text);
  out += ',';
  if (event.config_version != 0) out += std::to_string(event.config_version);
  out += ',';
  if (event.value) append_number(out, *event.value);
  for (const std::string_view text : {event.attributes, event.channel, event.touchpoint, event.to.type, event.to.id})
    append_csv(out += ',', text);
  out += ',';
  out += std::to_string(stored.key);
  out += '\n';
}

}  // namespace touchstone::codec
