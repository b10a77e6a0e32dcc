#include "service/codec/file_rows.hpp"

#include <utility>

#include "assign/utf8.hpp"
#include "service/codec/canonical_json.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {
namespace {

constexpr std::size_t kColumns = 1'000;  // that objects may have among them

std::string_view trimmed(std::string_view text) noexcept {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// Every digit of a whole number: ids are written as numbers.
void append_digits(std::string& out, JsonView value) {
  if (const auto whole = value.integer()) {
    out += std::to_string(*whole);
  } else if (const auto natural = value.natural()) {
    out += std::to_string(*natural);
  } else {
    append_number(out, *value.number());
  }
}

}  // namespace

Result<FileRows> FileRows::table(std::string_view header) {
  auto table = CsvTable::open(header);
  if (!table) return std::move(table).error();
  if (!assign::is_utf8(header)) return Error{ErrorCode::invalid, "the header is not UTF-8", "", "save it in UTF-8"};
  FileRows rows;
  rows.table_.emplace(*std::move(table));
  return rows;
}

Status FileRows::read(std::string_view record) {
  if (!table_) return read_object(record);
  if (!assign::is_utf8(record)) return Error{ErrorCode::invalid, "the row is not UTF-8", "", "save the table in UTF-8"};
  return table_->split_row(record);
}

FileCell FileRows::cell(std::size_t column) const {
  using Kind = FileCell::Kind;
  if (!table_) return {values_[column].kind, values_[column].text};
  const auto text = trimmed(table_->cell(column));
  return {text.empty() ? Kind::absent : Kind::text, text};
}

Status FileRows::read_object(std::string_view line) {
  for (Value& value : values_) value.kind = FileCell::Kind::absent;
  if (auto read = document_.read(line); !read) return read;
  if (!document_.root().is(JsonKind::object))
    return Error{ErrorCode::invalid, "the line is no JSON object", "", "write {\"name\": value, ...}, one a line"};
  return take_members(document_.root(), "");
}

Status FileRows::take_members(JsonView object, const std::string& path) {
  for (const auto& [key, value] : object.members())
    if (auto taken = take(value, std::string(path).append(path.empty() ? "" : ".").append(key)); !taken) return taken;
  return ok();
}

Status FileRows::take(JsonView value, const std::string& path) {
  if (value.is(JsonKind::null)) return ok();
  if (value.is(JsonKind::object)) return take_members(value, path);
  Value& into = value_of(path);
  if (values_.size() > kColumns)
    return Error{ErrorCode::invalid, "the objects have more than 1,000 members among them", "",
                 "names that are made of values belong into the values"};
  into.text.clear();
  into.kind = FileCell::Kind::text;
  if (const auto text = value.text()) {
    into.text = *text;
    if (text->empty()) into.kind = FileCell::Kind::absent;
    return ok();
  }
  into.kind = value.is_number() ? FileCell::Kind::number : FileCell::Kind::other;
  if (!value.is_number()) return append_canonical(into.text, value);
  append_digits(into.text, value);
  return ok();
}

FileRows::Value& FileRows::value_of(const std::string& path) {
  const auto [place, fresh] = places_.try_emplace(path, members_.size());
  if (fresh) {
    members_.push_back(path);
    values_.emplace_back();
  }
  return values_[place->second];
}

}  // namespace touchstone::codec
