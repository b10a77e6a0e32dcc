#include "service/codec/growthbook_track.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "assign/key.hpp"
#include "assign/pointer.hpp"
#include "assign/unit.hpp"
#include "service/codec/canonical_json.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {

namespace {

using storage::Event;
using storage::EventType;

constexpr std::string_view kViewed = "Experiment Viewed";
constexpr std::string_view kEvaluated = "Feature Evaluated";

Error invalid(std::string message, std::string pointer, std::string hint) {
  return {ErrorCode::invalid, std::move(message), std::move(pointer), std::move(hint)};
}

std::string_view text_in(std::optional<JsonView> object, std::string_view name) {
  const auto value = object ? object->find(name) : std::nullopt;
  return value ? value->text().value_or("") : "";
}

/// Ids may be numbers there.
std::string id_in(JsonView object, std::string_view name) {
  const auto value = object.find(name);
  std::string id;
  if (value && value->text()) id = *value->text();
  if (value && value->is_number()) append_number(id, *value->number());
  return id;
}

std::string key_of(std::string_view name) {
  std::string key(name);
  std::ranges::replace_if(
      key, [](char c) { return !assign::valid_key(std::string_view(&c, 1)) && c != '.' && c != '_' && c != '-'; }, '-');
  return key;
}

class TrackReader {
 public:
  explicit TrackReader(Time now) : now_(now) {}

  Result<EventBody> read(std::string_view text) {
    if (auto read = document_.read(text); !read) return read.error();
    const auto root = document_.root();
    if (!root.is(JsonKind::array)) return invalid("a body of /track is an array", "", R"(send [{"event_name": ...}])");
    if (root.size() > EventLimits::items)
      return Error{ErrorCode::too_large, std::to_string(root.size()) + " items in one body", "",
                   "send at most " + std::to_string(EventLimits::items)};
    std::uint32_t position = 0;
    for (const auto& item : root.elements()) add(item, position);
    return std::move(body_);
  }

 private:
  void add(JsonView item, std::uint32_t& position) {
    if (text_in(item, "event_name") == kEvaluated) return;
    auto event = read_item(item);
    if (event) {
      body_.batch.events.push_back(*event);
    } else {
      body_.refused.push_back({position, event.error()});
      auto& pointer = body_.refused.back().error.pointer;
      pointer = assign::child_pointer("", std::size_t{position}) + pointer;
    }
    ++position;
  }

  Result<Event> read_item(JsonView item) {
    if (!item.is(JsonKind::object)) return invalid("an item is an object", "", R"(send {"event_name": ...})");
    const auto name = text_in(item, "event_name");
    const auto properties = item.find("properties_json");
    return name == kViewed ? read_exposure(properties) : read_event(item, key_of(name), properties);
  }

  Result<Event> read_exposure(std::optional<JsonView> properties) {
    const auto experiment = text_in(properties, "experimentId");
    const auto variant = text_in(properties, "variationId");
    const auto attribute = text_in(properties, "hashAttribute");
    if (!assign::valid_key(experiment) || !assign::valid_key(variant))
      return invalid("an exposure names an experiment and its variation", "/properties_json",
                     "send experimentId and variationId, as the SDK does");
    auto event = made(EventType::exposure);
    event.experiment = keep(experiment);
    event.variant = keep(variant);
    const auto type = attribute.empty() || attribute == "id" ? "user" : attribute;
    return with_unit(event, type, id_in(*properties, "hashValue"), "/properties_json/hashValue");
  }

  Result<Event> read_event(JsonView item, const std::string& name, std::optional<JsonView> properties) {
    if (!assign::valid_key(name))
      return invalid("this is no name of an event", "/event_name", "1 to 128 characters, a letter or a digit first");
    auto event = made(EventType::event);
    event.name = keep(name);
    if (properties && properties->is(JsonKind::object)) {
      if (auto read = read_properties(*properties, event); !read) return read.error();
    }
    auto id = id_in(item, "user_id");
    if (id.empty()) id = id_in(item, "device_id");
    return with_unit(event, "user", id, "/user_id");
  }

  Status read_properties(JsonView properties, Event& event) {
    if (properties.size() == 0) return ok();
    std::string text;
    if (auto written = append_canonical(text, properties, "/properties_json"); !written) return written;
    if (text.size() > EventLimits::item) return invalid("too many properties", "/properties_json", "send less");
    event.attributes = keep(text);
    const auto value = properties.find("value");
    const auto number = value ? value->number() : std::nullopt;
    if (number && std::abs(*number) <= EventLimits::value) event.value = *number;
    return ok();
  }

  Result<Event> with_unit(Event event, std::string_view type, const std::string& id, std::string_view pointer) {
    if (!assign::valid_key(type) || !assign::valid_unit_id(id))
      return invalid("nobody is named", std::string(pointer), "give the SDK an attribute id");
    event.unit = {keep(type), keep(id)};
    return event;
  }

  [[nodiscard]] Event made(EventType type) const {
    Event event;
    event.type = type;
    event.ts = now_;
    return event;
  }
  std::string_view keep(std::string_view text) { return body_.batch.text.keep(text); }

  Time now_;
  JsonDocument document_;
  EventBody body_;
};

}  // namespace

Result<EventBody> read_growthbook_track(std::string_view body, Time now) { return TrackReader(now).read(body); }

}  // namespace touchstone::codec
