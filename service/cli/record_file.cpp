#include "service/cli/record_file.hpp"

#include <algorithm>

#include "service/cli/table_reader.hpp"
#include "service/codec/csv.hpp"
#include "service/codec/json.hpp"

namespace touchstone::cli {
namespace {

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

std::string_view without_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

/// Of a first line that begins an object.
RecordForm form_of(std::string_view line) {
  codec::JsonDocument document;
  if (!document.read(line)) return RecordForm::objects;
  const auto has = [&](std::string_view member) { return document.root().find(member).has_value(); };
  const bool event = has("type") && has("ts") && (has("unit") || has("unit_id"));
  return event ? RecordForm::log : RecordForm::objects;
}

}  // namespace

Result<RecordFile> RecordFile::open(const std::string& path) {
  auto lines = LineReader::open(path);
  if (!lines) return std::move(lines).error();
  RecordFile file(*std::move(lines));
  file.form_ = RecordForm::objects;
  Row first;
  const auto read = file.read(first);
  if (!read) return read.error();
  if (!*read)
    return Error{ErrorCode::invalid, path + " is empty", "", "its first line names the columns, or is an object"};
  first.text.erase(0, first.text.size() - without_mark(first.text).size());
  if (first.text.starts_with('{')) {
    file.form_ = form_of(first.text);
    file.ahead_.push_back(std::move(first));
    return file;
  }
  file.form_ = RecordForm::table;
  if (auto finished = finish_record(file.lines_, first.text); !finished) return std::move(finished).error();
  file.header_ = std::move(first.text);
  file.chain_.add(file.header_);
  return file;
}

Status RecordFile::look_ahead(std::size_t rows) {
  while (ahead_.size() < rows) {
    Row row;
    const auto more = read(row);
    if (!more) return more.error();
    if (!*more) return ok();
    ahead_.push_back(std::move(row));
  }
  return ok();
}

Result<bool> RecordFile::next() {
  if (!ahead_.empty()) {
    row_ = std::move(ahead_.front());
    ahead_.pop_front();
  } else if (auto more = read(row_); !more || !*more) {
    return more;
  }
  ++rows_;
  chain_.add(row_.text);
  return true;
}

Result<bool> RecordFile::read(Row& row) {
  for (;;) {
    auto more = form_ == RecordForm::table ? next_record(lines_, row.text) : next_line(lines_, row.text);
    if (!more || !*more) return more;
    if (blank(row.text)) continue;
    if (row.text.ends_with('\r')) row.text.pop_back();
    row.cut_short = lines_.unfinished() || (form_ == RecordForm::table && codec::csv_continues(row.text));
    return true;
  }
}

}  // namespace touchstone::cli
