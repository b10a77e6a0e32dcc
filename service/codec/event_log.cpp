#include "service/codec/event_log.hpp"

#include "service/codec/event_item.hpp"
#include "service/codec/event_json.hpp"

namespace touchstone::codec {
namespace {

Result<storage::Event> event_of(JsonView line, assign::TextArena& text) {
  return line.find("unit") ? read_native_event(line, text) : read_neutral_event(line, text);
}

}  // namespace

Status EventLogReader::read(std::string_view line, storage::EventBatch& to) {
  if (line.size() > EventLimits::item)
    return Error{ErrorCode::too_large, "a line of " + std::to_string(line.size()) + " bytes", "",
                 "an event has at most " + std::to_string(EventLimits::item)};
  if (auto read = document_.read(line); !read) return read;
  auto event = event_of(document_.root(), to.text);
  if (!event) return event.error();
  to.events.push_back(*event);
  return ok();
}

}  // namespace touchstone::codec
