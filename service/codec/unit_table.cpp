#include "service/codec/unit_table.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "assign/key.hpp"
#include "assign/unit.hpp"
#include "service/codec/digest.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/unit_cell.hpp"

namespace touchstone::codec {
namespace {

bool key_character(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

std::string_view without_line_end(std::string_view line) noexcept {
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

storage::MetricKind kind_over_events(storage::MetricKind column) noexcept {
  return column == storage::MetricKind::count ? storage::MetricKind::sum : column;
}

std::string as_key(std::string_view text) {
  if (assign::valid_key(text)) return std::string(text);
  std::string key;
  for (const char c : text)
    if (key_character(c))
      key.push_back(c);
    else if (!key.empty() && key.back() != '-')
      key.push_back('-');
  key.erase(0, key.find_first_not_of("-._"));
  return key.substr(0, std::min<std::size_t>(key.find_last_not_of('-') + 1, 128));
}

Result<UnitTable> UnitTable::open(std::string_view header, UnitTableLayout layout) {
  UnitTable table;
  table.layout_ = std::move(layout);
  table.header_ = without_line_end(header);
  if (auto split = table.record_.split(table.header_); !split) return std::move(split).error();
  for (const auto name : table.record_.fields()) table.columns_.emplace_back(name);
  if (auto found = table.find_columns(); !found) return std::move(found).error();
  return table;
}

Status UnitTable::check_header(std::string_view header) {
  if (without_line_end(header) == header_) return ok();
  return Error{ErrorCode::invalid, "the header differs from that of the first file", "", "give files of one table"};
}

Status UnitTable::find_columns() {
  const auto into = [this](std::string_view column, auto store) -> Status {
    const auto index = find(column);
    if (!index) return index.error();
    store(*index);
    return ok();
  };
  Status status = ok();
  if (!layout_.variant.empty()) status = into(layout_.variant, [this](std::size_t at) { variant_ = at; });
  if (status && layout_.unit) status = into(*layout_.unit, [this](std::size_t at) { unit_ = at; });
  for (const auto& metric : layout_.metrics)
    if (status) status = into(metric.column, [this](std::size_t at) { metrics_.push_back(at); });
  for (const auto& attribute : layout_.attributes)
    if (status) status = into(attribute, [this](std::size_t at) { attributes_.push_back(at); });
  return status;
}

Result<std::size_t> UnitTable::find(std::string_view column) const {
  const auto at = std::find(columns_.begin(), columns_.end(), column);
  if (at == columns_.end())
    return Error{ErrorCode::invalid, fmt::format("the table has no column \"{}\"", column), "",
                 fmt::format("its columns are {}", fmt::join(columns_, ", "))};
  if (std::find(at + 1, columns_.end(), column) != columns_.end())
    return Error{ErrorCode::invalid, fmt::format("the table has two columns \"{}\"", column), "", "rename one of them"};
  return static_cast<std::size_t>(at - columns_.begin());
}

Status UnitTable::read(std::string_view record, storage::EventBatch& out) {
  ++rows_;
  if (auto split = record_.split(without_line_end(record)); !split) {
    auto error = std::move(split).error();
    error.message = fmt::format("row {}: {}", rows_, error.message);
    return error;
  }
  if (record_.fields().size() != columns_.size())
    return Error{ErrorCode::invalid,
                 fmt::format("row {} has {} fields, the header {}", rows_, record_.fields().size(), columns_.size()),
                 fmt::format("/{}", rows_), "a field that holds a comma is written in quotes"};
  const auto unit = unit_id(out);
  if (!unit) return unit.error();
  if (auto exposed = expose({"user", *unit}, out); !exposed) return exposed;
  for (std::size_t i = 0; i < metrics_.size(); ++i)
    if (auto done = happen({"user", *unit}, layout_.metrics[i], cell(metrics_[i]), out); !done) return done;
  return ok();
}

UnitTable::Cell UnitTable::cell(std::size_t index) const { return {columns_[index], record_.fields()[index]}; }

Error UnitTable::bad(const Cell& cell, std::string what, std::string hint) const {
  return {ErrorCode::invalid, fmt::format("row {}, column {}: \"{}\" {}", rows_, cell.column, cell.text, what),
          fmt::format("/{}/{}", rows_, cell.column), std::move(hint)};
}

Result<std::string_view> UnitTable::unit_id(storage::EventBatch& out) {
  if (!unit_) return out.text.keep(fmt::format_int(rows_).c_str());
  const auto id = cell(*unit_);
  if (!assign::valid_unit_id(id.text))
    return bad(id, "is not an id", "an id has 1 to 256 bytes of UTF-8 without control characters");
  const auto kept = out.text.keep(id.text);
  remember(kept);
  return kept;
}

void UnitTable::remember(std::string_view id) {
  const auto [first, fresh] = seen_.try_emplace(id, rows_);
  if (fresh) return;
  ++repeats_;
  if (!first_repeat_) first_repeat_ = RepeatedUnit{std::string(id), first->second, rows_};
}

Result<std::string_view> UnitTable::variant_key() {
  if (layout_.variant.empty()) return std::string_view("control");
  const auto variant = cell(variant_);
  if (const auto known = variant_keys_.find(variant.text); known != variant_keys_.end()) return known->second;
  const auto key = as_key(variant.text);
  if (key.empty()) return bad(variant, "cannot be a variant's key", "keys are made of A-Z, a-z, 0-9, '.', '_' and '-'");
  const auto [entry, fresh] = variants_.try_emplace(key, variant.text);
  if (!fresh) return bad(variant, fmt::format("and \"{}\" are both read as {}", entry->second, key), "rename one");
  variant_keys_.emplace(variant.text, entry->first);
  return std::string_view(entry->first);
}

std::string_view UnitTable::event_id(std::string_view part, storage::EventBatch& out) const {
  const auto id = fmt::format("{}:{}{}{}", layout_.experiment, rows_, part.empty() ? "" : ":", part);
  return out.text.keep(id.size() <= EventLimits::id ? id : digest_of(id));
}

std::string UnitTable::attributes() const {
  std::map<std::string_view, std::string_view> sorted;
  for (const auto index : attributes_) sorted.emplace(columns_[index], record_.fields()[index]);
  std::string text;
  JsonWriter object(text);
  object.begin_object();
  for (const auto& [name, value] : sorted) object.key(name).text(value);
  object.end_object();
  return sorted.empty() ? std::string{} : text;
}

Status UnitTable::expose(storage::UnitRef unit, storage::EventBatch& out) {
  const auto variant = variant_key();
  if (!variant) return variant.error();
  storage::Event event;
  event.type = storage::EventType::exposure;
  event.id = event_id("", out);
  event.unit = unit;
  event.ts = unit_table_exposed;
  event.experiment = out.text.keep(layout_.experiment);
  event.variant = out.text.keep(*variant);
  event.attributes = out.text.keep(attributes());
  out.events.push_back(event);
  return ok();
}

Status UnitTable::happen(storage::UnitRef unit, const UnitColumn& metric, const Cell& cell, storage::EventBatch& out) {
  const auto value = read_cell(cell.text, metric.kind);
  if (!value) return bad(cell, value.error().message, value.error().hint);
  if (!value->happened) return ok();
  storage::Event event;
  event.id = event_id(metric.event, out);
  event.unit = unit;
  event.ts = unit_table_happened;
  event.name = out.text.keep(metric.event);
  event.value = value->value;
  out.events.push_back(event);
  return ok();
}

}  // namespace touchstone::codec
