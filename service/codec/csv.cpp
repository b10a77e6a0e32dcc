#include "service/codec/csv.hpp"

#include <algorithm>

namespace touchstone::codec {
namespace {

Error misplaced(std::string message) {
  return {ErrorCode::invalid, std::move(message), "", "a field that holds a quote is written \"like \"\"this\"\"\""};
}

/// The closing quote of a field that opened just before `from`; doubled quotes are text.
std::size_t closing_quote(std::string_view record, std::size_t from) noexcept {
  for (auto at = record.find('"', from); at != std::string_view::npos; at = record.find('"', at + 2))
    if (at + 1 == record.size() || record[at + 1] != '"') return at;
  return std::string_view::npos;
}

/// Appends `quoted` with its doubled quotes made single. `to` has room already: views into it must stay valid.
std::string_view unescape(std::string_view quoted, std::string& to) {
  const auto begin = to.size();
  for (std::size_t at = 0; at < quoted.size(); ++at) {
    to.push_back(quoted[at]);
    if (quoted[at] == '"') ++at;
  }
  return std::string_view(to).substr(begin);
}

}  // namespace

bool csv_continues(std::string_view text) noexcept { return std::count(text.begin(), text.end(), '"') % 2 == 1; }

Status CsvRecord::split(std::string_view record) {
  fields_.clear();
  unescaped_.clear();
  unescaped_.reserve(record.size());
  for (std::size_t at = 0;;) {
    const bool quoted = at < record.size() && record[at] == '"';
    const auto end = quoted ? take_quoted(record, at) : take_plain(record, at);
    if (!end) return end.error();
    if (*end == record.size()) return ok();
    at = *end + 1;
  }
}

Result<std::size_t> CsvRecord::take_quoted(std::string_view record, std::size_t from) {
  const auto close = closing_quote(record, from + 1);
  if (close == std::string_view::npos) return misplaced("a quoted field does not end");
  if (close + 1 < record.size() && record[close + 1] != ',') return misplaced("text follows a closing quote");
  fields_.push_back(unescape(record.substr(from + 1, close - from - 1), unescaped_));
  return close + 1;
}

Result<std::size_t> CsvRecord::take_plain(std::string_view record, std::size_t from) {
  const auto end = std::min(record.find(',', from), record.size());
  fields_.push_back(record.substr(from, end - from));
  if (fields_.back().find('"') != std::string_view::npos) return misplaced("a quote stands inside an unquoted field");
  return end;
}

void append_csv(std::string& out, std::string_view text) {
  const bool computes = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  if (!computes && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  if (computes) out += '\'';
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  out += '"';
}

}  // namespace touchstone::codec
