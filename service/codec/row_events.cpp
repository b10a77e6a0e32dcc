#include "service/codec/row_events.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "assign/key.hpp"
#include "assign/unit.hpp"
#include "service/codec/canonical_json.hpp"
#include "service/codec/digest.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/named_table.hpp"
#include "service/codec/table_time.hpp"
#include "service/codec/unit_cell.hpp"
#include "service/codec/unit_table.hpp"

namespace touchstone::codec {
namespace {

using Kind = FileCell::Kind;
using storage::Event;

constexpr std::chrono::seconds kAfterExposure{1};

Error refuse(std::string_view column, std::string_view text, std::string_view what, std::string hint) {
  return {ErrorCode::invalid, fmt::format("column {}: \"{}\" {}", column, text, what), fmt::format("/{}", column),
          std::move(hint)};
}

storage::MetricKind kind_of(Meaning outcome) noexcept {
  if (outcome == Meaning::happened) return storage::MetricKind::proportion;
  return outcome == Meaning::amount ? storage::MetricKind::sum : storage::MetricKind::mean;
}

/// A key, or a reserved name such as "$survey".
std::string event_name(std::string_view text) { return text.starts_with('$') ? std::string(text) : as_key(text); }

/// The id as it is, or its digest where it is too long for one.
std::string short_id(std::string id) {
  if (id.size() > EventLimits::id) return digest_of(id);
  return id;
}

bool is_property(Meaning meaning) noexcept { return meaning == Meaning::property || meaning == Meaning::number; }

}  // namespace

Status RowEvents::read(const FileRows& row, std::string_view row_id, storage::EventBatch& out) {
  find_columns(row);
  const auto before = out.events.size();
  auto appended = append(row, row_id, out);
  if (!appended) out.events.resize(before);
  return appended;
}

/// Objects may bring new columns with any row.
void RowEvents::find_columns(const FileRows& row) {
  const auto& columns = row.columns();
  if (columns_.size() == columns.size()) return;
  for (std::size_t place = columns_.size(); place < columns.size(); ++place) {
    const auto told = mapping_.columns.find(columns[place]);
    Column column{place, Meaning::property, columns[place]};
    if (told != mapping_.columns.end()) {
      column.meaning = told->second.meaning;
      if (!told->second.name.empty()) column.name = told->second.name;
      if (is_outcome(column.meaning)) column.name = event_name(column.name);
    }
    if (!repeats(column.meaning)) places_.emplace(column.meaning, place);
    if (is_property(column.meaning)) sorted_.push_back(place);
    columns_.push_back(std::move(column));
  }
  std::ranges::sort(sorted_, {}, [this](std::size_t place) { return std::string_view(columns_[place].name); });
}

FileCell RowEvents::told(const FileRows& row, Meaning meaning) const {
  if (const auto at = places_.find(meaning); at != places_.end()) return row.cell(at->second);
  const auto fixed = mapping_.fixed.find(meaning);
  if (fixed == mapping_.fixed.end()) return {};
  return {Kind::text, fixed->second};
}

Error RowEvents::bad(const FileRows& row, Meaning meaning, std::string_view what, std::string hint) const {
  const auto at = places_.find(meaning);
  const std::string_view column = at == places_.end() ? name_of(meaning) : std::string_view(columns_[at->second].name);
  return refuse(column, told(row, meaning).text, what, std::move(hint));
}

Result<std::string_view> RowEvents::key(const FileRows& row, Meaning meaning, assign::TextArena& text) const {
  const auto found = meaning == Meaning::event ? event_name(told(row, meaning).text) : as_key(told(row, meaning).text);
  if (found.empty()) return bad(row, meaning, "cannot be a key", "keys are made of A-Z, a-z, 0-9, '.', '_' and '-'");
  return text.keep(found);
}

Result<storage::UnitRef> RowEvents::unit(const FileRows& row, std::string_view row_id, assign::TextArena& text) const {
  const auto id = mapping_.unit_per_row ? row_id : told(row, Meaning::unit).text;
  if (!assign::valid_unit_id(id))
    return bad(row, Meaning::unit, "is not an id", "an id has 1 to 256 bytes without control characters");
  const auto type = told(row, Meaning::unit_type);
  if (type.kind != Kind::absent && !assign::valid_key(type.text))
    return bad(row, Meaning::unit_type, "is no type of unit", "user, device, account, session, ...");
  return storage::UnitRef{text.keep(type.kind == Kind::absent ? mapping_.unit_type : type.text), text.keep(id)};
}

Result<Time> RowEvents::time(const FileRows& row) const {
  const auto written = told(row, Meaning::time).text;
  auto time = read_time_of(written, mapping_.time);
  if (!time) return bad(row, Meaning::time, "is not a time", time.error().hint);
  return time;
}

/// The canonical object of all properties that the row has; empty where it has none.
Result<std::string> RowEvents::properties(const FileRows& row) const {
  if (const auto whole = told(row, Meaning::properties); whole.kind != Kind::absent) {
    auto object = canonical_json(whole.text);
    if (!object || !object->starts_with('{'))
      return bad(row, Meaning::properties, "is no JSON object", "write {\"name\": value, ...}");
    return object;
  }
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  for (const auto place : sorted_) {
    const Column& column = columns_[place];
    const auto cell = row.cell(place);
    if (cell.kind == Kind::absent) continue;
    const bool as_number = column.meaning == Meaning::number || cell.kind == Kind::number;
    const auto number = as_number ? number_of(cell.text) : std::nullopt;
    if (as_number && !number) return refuse(column.name, cell.text, "is not a number", "write it like 12.5");
    out.key(column.name);
    if (number) {
      out.number(*number);
    } else if (cell.kind == Kind::other) {
      out.raw(cell.text);
    } else {
      out.text(cell.text);
    }
  }
  out.end_object();
  return text == "{}" ? std::string() : text;
}

Status RowEvents::append(const FileRows& row, std::string_view row_id, storage::EventBatch& out) {
  const auto kind = told(row, Meaning::type).text;
  if (!kind.empty() && kind != "exposure" && kind != "event" && kind != "traits")
    return bad(row, Meaning::type, "is no type of row", "a table holds rows of type exposure, event and traits");
  Event event;
  const auto who = unit(row, row_id, out.text);
  if (!who) return who.error();
  const auto when = time(row);
  if (!when) return when.error();
  const auto object = properties(row);
  if (!object) return object.error();
  event.id = out.text.keep(row_id);
  event.unit = *who;
  event.ts = *when;
  event.attributes = out.text.keep(*object);
  for (const auto& [meaning, into] :
       {std::pair{Meaning::channel, &event.channel}, {Meaning::touchpoint, &event.touchpoint}})
    *into = out.text.keep(told(row, meaning).text);
  if (kind == "traits") return tell_traits(row, event, out);
  const auto before = out.events.size();
  if (kind != "event" && told(row, Meaning::variant).kind != Kind::absent)
    if (auto exposed = expose(row, event, out); !exposed) return exposed;
  if (kind == "exposure") return ok();
  const bool exposed = out.events.size() > before;
  if (told(row, Meaning::event).kind != Kind::absent)
    if (auto named = name(row, event, out); !named) return named;
  if (exposed) {
    event.ts += kAfterExposure;
    event.attributes = {};
  }
  for (const auto& column : columns_)
    if (is_outcome(column.meaning))
      if (auto done = happen(row, column, event, out); !done) return done;
  return ok();
}

Status RowEvents::tell_traits(const FileRows& row, Event event, storage::EventBatch& out) const {
  if (event.attributes.empty())
    return bad(row, Meaning::type, "tells no attribute", "map a column to property, number or properties");
  event.type = storage::EventType::traits;
  out.events.push_back(event);
  return ok();
}

Status RowEvents::expose(const FileRows& row, Event event, storage::EventBatch& out) {
  event.type = storage::EventType::exposure;
  if (auto met = variant(row, event, out.text); !met) return met;
  out.events.push_back(event);
  return ok();
}

/// Two texts of one experiment that are the same key are two variants that nobody could tell apart.
Status RowEvents::variant(const FileRows& row, Event& event, assign::TextArena& text) {
  const auto experiment = key(row, Meaning::experiment, text);
  if (!experiment) return experiment.error();
  const auto variant = key(row, Meaning::variant, text);
  if (!variant) return variant.error();
  const auto written = told(row, Meaning::variant).text;
  const auto [known, fresh] = variants_.try_emplace(fmt::format("{}/{}", *experiment, *variant), written);
  if (!fresh && known->second != written)
    return bad(row, Meaning::variant, fmt::format("and \"{}\" are both read as {}", known->second, *variant),
               "rename one");
  event.experiment = *experiment;
  event.variant = *variant;
  return ok();
}

Status RowEvents::name(const FileRows& row, Event event, storage::EventBatch& out) const {
  const auto named = key(row, Meaning::event, out.text);
  if (!named) return named.error();
  event.name = *named;
  if (const auto value = told(row, Meaning::value); value.kind != Kind::absent) {
    const auto number = number_of(value.text);
    if (!number || std::abs(*number) > EventLimits::value)
      return bad(row, Meaning::value, "is not a number within 1e15", "write it like 12.5, without currency");
    event.value = *number + 0.0;  // there is one zero
  }
  const auto own = told(row, Meaning::id);
  event.id = out.text.keep(own.kind == Kind::absent ? short_id(fmt::format("{}:{}", event.id, event.name))
                                                    : std::string(own.text));
  if (event.id.size() > EventLimits::id)
    return bad(row, Meaning::id, "is longer than 128 bytes", "leave the column out with --map COLUMN=ignore");
  out.events.push_back(event);
  return ok();
}

Status RowEvents::happen(const FileRows& row, const Column& column, Event event, storage::EventBatch& out) const {
  const auto cell = row.cell(column.place);
  if (cell.kind == Kind::absent) return ok();
  const auto value = read_cell(cell.text, kind_of(column.meaning));
  if (!value) return refuse(column.name, cell.text, value.error().message, value.error().hint);
  if (!value->happened) return ok();
  event.id = out.text.keep(short_id(fmt::format("{}/{}", event.id, column.name)));
  event.name = out.text.keep(column.name);
  event.value = value->value;
  out.events.push_back(event);
  return ok();
}

}  // namespace touchstone::codec
