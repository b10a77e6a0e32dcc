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
  auto opened = CsvTable::open(header);
  if (!opened) return std::move(opened).error();
  UnitTable table(*std::move(opened), std::move(layout));
  if (auto found = table.find_columns(); !found) return std::move(found).error();
  return table;
}

Status UnitTable::check_header(std::string_view header) {
  const auto other = CsvTable::open(header);
  if (other && other->columns() == table_.columns()) return ok();
  return Error{ErrorCode::invalid, "the header differs from that of the first file", "", "give files of one table"};
}

Status UnitTable::find_columns() {
  const auto into = [this](std::string_view column, auto store) -> Status {
    const auto index = table_.find(column);
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

Status UnitTable::read(std::string_view record, storage::EventBatch& out) {
  if (auto split = table_.read(record); !split) return split;
  const auto unit = unit_id(out);
  if (!unit) return unit.error();
  if (auto exposed = expose({"user", *unit}, out); !exposed) return exposed;
  for (std::size_t i = 0; i < metrics_.size(); ++i)
    if (auto done = happen({"user", *unit}, layout_.metrics[i], metrics_[i], out); !done) return done;
  return ok();
}

Result<std::string_view> UnitTable::unit_id(storage::EventBatch& out) {
  if (!unit_) return out.text.keep(fmt::format_int(rows()).c_str());
  const auto id = table_.cell(*unit_);
  if (!assign::valid_unit_id(id))
    return table_.bad(*unit_, "is not an id", "an id has 1 to 256 bytes of UTF-8 without control characters");
  const auto kept = out.text.keep(id);
  remember(kept);
  return kept;
}

void UnitTable::remember(std::string_view id) {
  const auto [first, fresh] = seen_.try_emplace(id, rows());
  if (fresh) return;
  ++repeats_;
  if (!first_repeat_) first_repeat_ = RepeatedUnit{std::string(id), first->second, rows()};
}

Result<std::string_view> UnitTable::variant_key() {
  if (layout_.variant.empty()) return std::string_view("control");
  const auto text = table_.cell(variant_);
  if (const auto known = variant_keys_.find(text); known != variant_keys_.end()) return known->second;
  const auto key = as_key(text);
  if (key.empty())
    return table_.bad(variant_, "cannot be a variant's key", "keys are made of A-Z, a-z, 0-9, '.', '_' and '-'");
  const auto [entry, fresh] = variants_.try_emplace(key, text);
  if (!fresh)
    return table_.bad(variant_, fmt::format("and \"{}\" are both read as {}", entry->second, key), "rename one");
  variant_keys_.emplace(text, entry->first);
  return std::string_view(entry->first);
}

std::string_view UnitTable::event_id(std::string_view part, storage::EventBatch& out) const {
  const auto id = fmt::format("{}:{}{}{}", layout_.experiment, rows(), part.empty() ? "" : ":", part);
  return out.text.keep(id.size() <= EventLimits::id ? id : digest_of(id));
}

std::string UnitTable::attributes() const {
  std::map<std::string_view, std::string_view> sorted;
  for (const auto index : attributes_) sorted.emplace(table_.columns()[index], table_.cell(index));
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

Status UnitTable::happen(storage::UnitRef unit, const UnitColumn& metric, std::size_t column,
                         storage::EventBatch& out) {
  const auto value = read_cell(table_.cell(column), metric.kind);
  if (!value) return table_.bad(column, value.error().message, value.error().hint);
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
