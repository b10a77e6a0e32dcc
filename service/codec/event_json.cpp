#include "service/codec/event_json.hpp"

#include <utility>

#include "assign/pointer.hpp"
#include "service/codec/event_item.hpp"
#include "service/codec/json.hpp"
#include "service/codec/json_cut.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

/// The items of a body and where they stand.
struct Items {
  std::vector<std::string_view> texts;
  std::string_view pointer;  ///< of the array that holds them
  std::size_t depth = 0;     ///< containers around each
  bool lines = false;        ///< NDJSON: a line that is not JSON spoils itself only
};

Error invalid(std::string message, std::string pointer, std::string hint) {
  return {ErrorCode::invalid, std::move(message), std::move(pointer), std::move(hint)};
}

/// The strict reader's word on a body that could not be cut.
Error unreadable(std::string_view body) {
  JsonDocument document;
  if (auto read = document.read(body); !read) return read.error();
  return invalid("a body of events is an array, NDJSON, or {\"events\": [...]}", "", "send [{\"type\": ...}, ...]");
}

Error too_many(std::size_t items) {
  return {ErrorCode::too_large, std::to_string(items) + " items in one body", "",
          "send at most " + std::to_string(EventLimits::items)};
}

class BodyReader {
 public:
  explicit BodyReader(std::string_view body) noexcept : body_(body) {}

  Result<EventBody> read() {
    if (readable_at_once()) return read_elements();
    auto items = cut();
    if (!items) return items.error();
    if (items->texts.size() > EventLimits::items) return too_many(items->texts.size());
    return read_all(*items);
  }

 private:
  /// A short array without faults: no item can be too long, so none need be measured.
  bool readable_at_once() {
    return body_.size() <= EventLimits::item && body_.starts_with('[') && document_.read(body_).ok();
  }

  Result<EventBody> read_elements() {
    const JsonView list = document_.root();
    if (list.size() > EventLimits::items) return too_many(list.size());
    body_read_.batch.events.reserve(list.size());
    std::uint32_t position = 0;
    for (const auto& element : list.elements()) add(position++, "", read_native_event(element, body_read_.batch.text));
    return std::move(body_read_);
  }

  Result<Items> cut() {
    const std::string_view text = trimmed(body_);
    if (text.starts_with('[')) return cut_list(text, "", 1);
    if (!text.starts_with('{')) return unreadable(body_);
    if (first_value(text).size() < text.size()) return Items{cut_lines(text), "", 0, true};
    const auto members = cut_object(text);
    if (!members) return unreadable(body_);
    for (const auto& member : *members)
      if (member.key == "events") return cut_envelope(*members);
    return Items{{text}, "", 0, true};
  }

  Result<Items> cut_list(std::string_view text, std::string_view pointer, std::size_t depth) {
    auto elements = cut_array(text);
    if (!elements) return unreadable(body_);
    return Items{*std::move(elements), pointer, depth, false};
  }

  Result<Items> cut_envelope(const std::vector<CutMember>& members) {
    std::optional<std::string_view> events;
    for (const auto& [key, value] : members) {
      if (key == "events" && !events && value.starts_with('[')) {
        events = value;
      } else if (key == "sent_at" && !body_read_.sent_at) {
        if (auto read = read_sent_at(value); !read) return read.error();
      } else {
        return refused_member(key);
      }
    }
    return cut_list(*events, "/events", 2);
  }

  Error refused_member(std::string_view key) {
    JsonDocument document;
    if (auto read = document.read(body_); !read) return read.error();
    return invalid("a body of events has \"events\", an array, and \"sent_at\"", assign::child_pointer("", key),
                   "remove it, or send the items alone");
  }

  Status read_sent_at(std::string_view value) {
    constexpr auto pointer = "/sent_at";
    if (auto read = document_.read(value); !read) return unreadable(body_);
    const auto text = document_.root().text();
    if (!text) return invalid("\"sent_at\" must be a text", pointer, "write RFC 3339: 2026-11-21T14:05:00.123456Z");
    const auto time = parse_time(*text);
    if (!time) return invalid(time.error().message, pointer, time.error().hint);
    body_read_.sent_at = *time;
    return ok();
  }

  Result<EventBody> read_all(const Items& items) {
    body_read_.batch.events.reserve(items.texts.size());
    std::size_t not_json = 0;
    for (std::size_t i = 0; i < items.texts.size(); ++i) {
      auto event = read_item(items.texts[i], items.depth);
      if (document_.fault() == JsonFault::grammar && (!items.lines || ++not_json == items.texts.size()))
        return not_readable(items, event.error());
      add(static_cast<std::uint32_t>(i), items.pointer, std::move(event));
    }
    return std::move(body_read_);
  }

  /// An error of grammar inside an item of an array is one of the whole body; of NDJSON, where no line is JSON.
  Error not_readable(const Items& items, const Error& last) {
    return items.lines && items.texts.size() > 1 ? body_read_.refused.front().error
           : items.lines                         ? last
                                                 : unreadable(body_);
  }

  Result<storage::Event> read_item(std::string_view text, std::size_t depth) {
    const auto offset = static_cast<std::size_t>(text.data() - body_.data());
    if (auto read = document_.read(text, {JsonDocument::deepest - depth, offset}); !read) return read.error();
    if (text.size() > EventLimits::item)
      return Error{ErrorCode::too_large, "an item of " + std::to_string(text.size()) + " bytes", "",
                   "send at most " + std::to_string(EventLimits::item)};
    return read_native_event(document_.root(), body_read_.batch.text);
  }

  void add(std::uint32_t position, std::string_view base, Result<storage::Event> event) {
    if (event) {
      body_read_.batch.events.push_back(*event);
    } else {
      refuse(position, base, std::move(event).error());
    }
  }

  void refuse(std::uint32_t position, std::string_view base, Error error) {
    error.pointer = assign::child_pointer(base, std::size_t{position}) + error.pointer;
    body_read_.refused.push_back({position, std::move(error)});
  }

  std::string_view body_;
  JsonDocument document_;
  EventBody body_read_;
};

}  // namespace

Result<EventBody> read_events(std::string_view body) { return BodyReader(body).read(); }

}  // namespace touchstone::codec
