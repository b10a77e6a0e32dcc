#include "assign/result.hpp"
#include "service/codec/canonical_json.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/fault_json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

using storage::Event;
using storage::EventType;
using storage::EventVerdict;
using storage::ItemVerdict;

void write_text(JsonWriter& out, std::string_view key, std::string_view text) {
  if (!text.empty()) out.key(key).text(text);
}

void write_unit(JsonWriter& out, std::string_view key, const storage::UnitRef& unit) {
  if (unit.id.empty()) return;
  out.key(key).begin_object().key("id").text(unit.id).key("type").text(unit.type).end_object();
}

/// Attributes of an event are its properties. Traits always say theirs.
void write_attributes(JsonWriter& out, const Event& event) {
  const bool must = event.type == EventType::traits;
  if (event.attributes.empty() && !must) return;
  out.key(event.type == EventType::event ? "properties" : "attributes");
  out.raw(event.attributes.empty() ? "{}" : event.attributes);
}

/// What a batch amounts to.
struct Totals {
  std::size_t stored = 0;
  std::size_t duplicate = 0;
  std::size_t quarantined = 0;
  std::size_t refused = 0;

  void add(EventVerdict verdict) {
    switch (verdict) {
      case EventVerdict::stored:
        ++stored;
        break;
      case EventVerdict::duplicate:
        ++duplicate;
        break;
      case EventVerdict::quarantined:
        ++quarantined;
        break;
      case EventVerdict::refused:
        ++refused;
        break;
    }
  }
};

Error early(std::uint32_t position) {
  return {ErrorCode::invalid, "the item lies more than a day in the future and is kept aside",
          "/" + std::to_string(position) + "/ts",
          "look at the sender's clock, or send sent_at with the batch, and send it again with its true time"};
}

Error erased(std::uint32_t position) {
  return {ErrorCode::forbidden, "erased: this unit was erased on request, and nothing more is stored of it",
          "/" + std::to_string(position) + "/unit", "stop sending it, or have an administrator lift the erasure"};
}

Error expired(std::uint32_t position) {
  return {ErrorCode::forbidden, "expired: it is older than events are kept here, and is not stored",
          "/" + std::to_string(position) + "/ts", "GET /v1/retention says from when on they are"};
}

void write_verdict(JsonWriter& out, const ItemVerdict& verdict, std::uint32_t position) {
  out.begin_object().key("verdict").text(name_of(verdict.verdict));
  if (verdict.conflict) out.key("conflict").boolean(true);
  if (verdict.verdict == EventVerdict::quarantined) write_fault(out.key("error"), early(position));
  if (verdict.verdict == EventVerdict::refused) {
    out.key("code").text(verdict.expired ? "expired" : "erased");
    write_fault(out.key("error"), verdict.expired ? expired(position) : erased(position));
  }
  out.end_object();
}

void write_refusal(JsonWriter& out, const Error& error) {
  out.begin_object().key("verdict").text("refused").key("error");
  write_fault(out, error);
  out.end_object();
}

void write_items(JsonWriter& out, const EventBody& body, std::span<const ItemVerdict> verdicts) {
  auto refused = body.refused.begin();
  auto accepted = verdicts.begin();
  for (std::uint32_t position = 0; position < body.refused.size() + verdicts.size(); ++position) {
    if (refused != body.refused.end() && refused->position == position) {
      write_refusal(out, (refused++)->error);
    } else {
      write_verdict(out, *accepted++, position);
    }
  }
}

}  // namespace

std::string_view name_of(EventVerdict verdict) noexcept {
  switch (verdict) {
    case EventVerdict::stored:
      return "stored";
    case EventVerdict::duplicate:
      return "duplicate";
    case EventVerdict::quarantined:
      return "quarantined";
    case EventVerdict::refused:
      return "refused";
  }
  return "unknown";
}

std::string_view name_of(EventType type) noexcept {
  switch (type) {
    case EventType::exposure:
      return "exposure";
    case EventType::event:
      return "event";
    case EventType::link:
      return "link";
    case EventType::traits:
      return "traits";
  }
  return "unknown";
}

std::string write_event(const Event& event) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  if (event.type != EventType::event) write_attributes(out, event);
  write_text(out, "channel", event.channel);
  if (event.config_version != 0) out.key("config_version").natural(event.config_version);
  write_text(out, "experiment", event.experiment);
  write_text(out, "id", event.id);
  write_text(out, "name", event.name);
  if (event.type == EventType::event) write_attributes(out, event);
  write_unit(out, "to", event.to);
  write_text(out, "touchpoint", event.touchpoint);
  out.key("ts").text(time_text(event.ts)).key("type").text(name_of(event.type));
  write_unit(out, "unit", event.unit);
  if (event.value) out.key("value").number(*event.value);
  write_text(out, "variant", event.variant);
  out.end_object();
  return text;
}

std::string write_stored_event(const storage::StoredEvent& stored) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("event").raw(write_event(stored.event)).key("seq").natural(stored.seq);
  out.key("te").text(time_text(stored.te)).key("received").text(time_text(stored.received));
  out.key("key").natural(stored.key).end_object();
  return text;
}

std::string write_verdicts(const EventBody& body, std::span<const ItemVerdict> verdicts) {
  Totals totals;
  totals.refused = body.refused.size();
  for (const auto& verdict : verdicts) totals.add(verdict.verdict);

  std::string text;
  JsonWriter out(text);
  out.begin_object();
  out.key("stored").natural(totals.stored).key("duplicate").natural(totals.duplicate);
  out.key("quarantined").natural(totals.quarantined).key("refused").natural(totals.refused);
  out.key("items").begin_array();
  write_items(out, body, verdicts);
  out.end_array().end_object();
  return text;
}

}  // namespace touchstone::codec
