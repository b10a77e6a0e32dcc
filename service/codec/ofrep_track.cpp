#include "service/codec/ofrep_track.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "assign/key.hpp"
#include "assign/pointer.hpp"
#include "assign/tables.hpp"
#include "service/codec/canonical_json.hpp"
#include "service/codec/did_you_mean.hpp"
#include "service/codec/event_exposures.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

using assign::child_pointer;
using storage::Event;
using storage::EventType;

constexpr std::array<std::string_view, 3> kMembers = {"context", "sentAt", "events"};
constexpr std::array<std::string_view, 6> kItemMembers = {"id",      "name",    "timestamp",
                                                          "context", "details", "attributes"};
constexpr std::string_view kEvaluation = "feature_flag.evaluation";
/// Reasons of values that no experiment gave.
constexpr std::array<std::string_view, 5> kNoSplit = {"static", "default", "targeting_match", "disabled", "error"};

Error invalid(std::string message, std::string pointer, std::string hint) {
  return {ErrorCode::invalid, std::move(message), std::move(pointer), std::move(hint)};
}

Status check_members(JsonView object, std::span<const std::string_view> known) {
  for (const auto& [key, value] : object.members())
    if (std::ranges::find(known, key) == known.end())
      return invalid("there is no member of this name", child_pointer("", key), did_you_mean(key, known));
  return ok();
}

Result<Time> time_in(JsonView object, std::string_view name) {
  const auto value = object.find(name);
  const auto text = value ? value->text() : std::nullopt;
  if (!text)
    return invalid("\"" + std::string(name) + "\" must be a time", child_pointer("", name),
                   "write RFC 3339: 2026-11-21T14:05:00.123Z");
  auto time = parse_time(*text);
  if (!time) return invalid(time.error().message, child_pointer("", name), time.error().hint);
  return *time;
}

std::string_view text_in(std::optional<JsonView> object, std::string_view name) {
  const auto value = object ? object->find(name) : std::nullopt;
  return value ? value->text().value_or("") : "";
}

/// What an evaluation event says, in OpenTelemetry's words.
struct Evaluation {
  std::string_view flag;
  std::string_view variant;
  std::string_view reason;
  std::string_view unit;
  std::string_view version;

  explicit Evaluation(std::optional<JsonView> attributes)
      : flag(text_in(attributes, "feature_flag.key")),
        variant(text_in(attributes, "feature_flag.result.variant")),
        reason(text_in(attributes, "feature_flag.result.reason")),
        unit(text_in(attributes, "feature_flag.context.id")),
        version(text_in(attributes, "feature_flag.version")) {}
};

/// The experiment among the flag's rules that has such a variant.
std::optional<std::uint32_t> experiment_of(const assign::Snapshot& snapshot, const Evaluation& said) {
  const auto flag = snapshot.flag(said.flag);
  if (!flag || said.variant.empty() || std::ranges::find(kNoSplit, said.reason) != kNoSplit.end()) return std::nullopt;
  const auto& tables = snapshot.tables();
  for (const auto& rule : tables.flags[static_cast<std::uint32_t>(*flag)].rules.of(tables.rules)) {
    if (rule.action != assign::RuleRecord::Action::experiment) continue;
    const auto variants = tables.details[rule.experiment].variants.of(tables.variants);
    if (std::ranges::find(variants, said.variant) != variants.end()) return rule.experiment;
  }
  return std::nullopt;
}

class TrackReader {
 public:
  TrackReader(const assign::Snapshot& snapshot, const assign::Memory* memory)
      : snapshot_(snapshot), exposures_(snapshot, memory) {}

  Result<EventBody> read(std::string_view text) {
    if (auto read = document_.read(text); !read) return read.error();
    const JsonView root = document_.root();
    if (auto fine = check_members(root, kMembers); !fine) return fine.error();
    const auto events = root.find("events");
    if (!events || !events->is(JsonKind::array))
      return invalid("\"events\" must be an array", "/events", "send {\"context\": {...}, \"events\": [{...}]}");
    if (events->size() > EventLimits::items)
      return Error{ErrorCode::too_large, std::to_string(events->size()) + " items in one body", "/events",
                   "send at most " + std::to_string(EventLimits::items)};
    if (root.find("sentAt")) {
      auto sent = time_in(root, "sentAt");
      if (!sent) return sent.error();
      body_.sent_at = *sent;
    }
    shared_ = root.find("context");
    read_all(*events);
    return std::move(body_);
  }

 private:
  void read_all(JsonView events) {
    std::uint32_t position = 0;
    for (const auto& item : events.elements()) {
      auto event = read_item(item);
      if (event) {
        body_.batch.events.push_back(*event);
        exposures_.add(*event, context_.request().units, context_.request().attributes, body_);
      } else {
        auto error = std::move(event).error();
        error.pointer = child_pointer("/events", std::size_t{position}) + error.pointer;
        body_.refused.push_back({position, std::move(error)});
      }
      ++position;
    }
  }

  Result<Event> read_item(JsonView item) {
    if (!item.is(JsonKind::object)) return invalid("an item is a JSON object", "", "send {\"name\": ..., ...}");
    if (auto fine = check_members(item, kItemMembers); !fine) return fine.error();
    if (auto fine = read_context(item.find("context")); !fine) return fine.error();
    auto time = time_in(item, "timestamp");
    if (!time) return time.error();
    Event event;
    event.ts = *time;
    if (auto fine = read_id(item, event); !fine) return fine.error();
    const auto name = text_in(item, "name");
    if (!assign::valid_key(name))
      return invalid("\"name\" must be a key", "/name",
                     "1 to 128 of A-Z a-z 0-9 . _ -, starting with a letter or digit");
    const auto attributes = item.find("attributes");
    const Evaluation said(name == kEvaluation ? attributes : std::nullopt);
    if (const auto experiment = experiment_of(snapshot_, said)) return exposure(event, said, *experiment);
    event.name = keep(name);
    if (auto fine = read_unit(said, event); !fine) return fine.error();
    if (auto fine = read_data(item, event); !fine) return fine.error();
    return event;
  }

  Status read_context(std::optional<JsonView> own) {
    context_.clear();
    for (const auto& context : {own, shared_}) {
      if (!context) continue;
      if (auto fault = context_.add(*context, snapshot_.tables().unit_types))
        return invalid(std::move(fault->details), "/context", "send {\"targetingKey\": \"customer-1\"}");
    }
    return ok();
  }

  Status read_id(JsonView item, Event& event) {
    const auto value = item.find("id");
    if (!value) return ok();
    const auto id = value->text();
    if (!id || id->size() > EventLimits::id || !assign::valid_unit_id(*id))
      return invalid("\"id\" must be a text of 1 to 128 bytes without control characters", "/id",
                     "shorten it, or leave it out");
    event.id = keep(*id);
    return ok();
  }

  /// Who is named by the evaluation, else by the targeting key, else by any other unit of the context.
  Status read_unit(const Evaluation& said, Event& event) {
    const auto& units = context_.request().units;
    if (assign::valid_unit_id(said.unit)) {
      event.unit = {"user", keep(said.unit)};
    } else if (!units.empty()) {
      event.unit = {keep(units.front().type), keep(units.front().id)};
    } else {
      return invalid("nobody is named", "/context/targetingKey", "send the targetingKey of the evaluation");
    }
    return ok();
  }

  Status read_data(JsonView item, Event& event) {
    const auto details = item.find("details");
    const auto attributes = item.find("attributes");
    if (details && attributes) return invalid("both details and attributes", "/attributes", "send one of them");
    const auto data = details ? details : attributes;
    const std::string_view at = details ? "/details" : "/attributes";
    if (!data) return ok();
    if (!data->is(JsonKind::object)) return invalid("must be an object", std::string(at), "send {\"value\": 49.9}");
    if (auto fine = read_value(data->find("value"), std::string(at) + "/value", event); !fine) return fine;
    std::string text;
    if (auto written = append_canonical(text, *data, at); !written) return written;
    if (text.size() > EventLimits::item)
      return Error{ErrorCode::too_large, "an item of " + std::to_string(text.size()) + " bytes", std::string(at),
                   "send at most " + std::to_string(EventLimits::item)};
    if (data->size() > 0) event.attributes = keep(text);
    return ok();
  }

  static Status read_value(std::optional<JsonView> value, std::string pointer, Event& event) {
    const auto number = value ? value->number() : std::nullopt;
    if (!number) return ok();
    if (std::abs(*number) > EventLimits::value)
      return invalid("\"value\" is beyond 1e15", std::move(pointer), "send it in a larger unit of measure");
    event.value = *number + 0.0;  // there is one zero
    return ok();
  }

  Result<Event> exposure(Event event, const Evaluation& said, std::uint32_t number) {
    const auto& tables = snapshot_.tables();
    event.type = EventType::exposure;
    event.experiment = keep(tables.experiment_keys[number]);
    event.variant = keep(said.variant);
    std::from_chars(said.version.data(), said.version.data() + said.version.size(), event.config_version);
    const auto& record = tables.experiments[number];
    for (const auto type : {record.unit, record.fallback})
      if (const auto unit = unit_of(type, said)) {
        event.unit = *unit;
        return event;
      }
    return invalid("nobody is named whom the experiment could expose", "/context",
                   "send a " + std::string(tables.unit_types[record.unit]) + ", as for the evaluation");
  }

  std::optional<storage::UnitRef> unit_of(assign::UnitTypeId type, const Evaluation& said) {
    if (type == assign::no_unit_type) return std::nullopt;
    const auto name = snapshot_.tables().unit_types[type];
    if (name == "user" && assign::valid_unit_id(said.unit)) return storage::UnitRef{"user", keep(said.unit)};
    const auto& units = context_.request().units;
    const auto found = std::ranges::find(units, name, &assign::Unit::type);
    if (found == units.end()) return std::nullopt;
    return storage::UnitRef{keep(name), keep(found->id)};
  }

  std::string_view keep(std::string_view text) { return body_.batch.text.keep(text); }

  const assign::Snapshot& snapshot_;
  EventExposures exposures_;
  JsonDocument document_;
  OfrepReader context_;
  std::optional<JsonView> shared_;
  EventBody body_;
};

}  // namespace

Result<EventBody> read_ofrep_track(std::string_view body, const assign::Snapshot& snapshot,
                                   const assign::Memory* memory) {
  return TrackReader(snapshot, memory).read(body);
}

}  // namespace touchstone::codec
