#include "service/cli/table_reader.hpp"

#include <cstddef>

#include <fmt/format.h>

#include "service/cli/option_text.hpp"
#include "service/codec/csv.hpp"

namespace touchstone::cli {
namespace {

constexpr std::size_t longest_record = std::size_t{1} << 20;

}  // namespace

Result<codec::ColumnNames> column_names(const std::vector<std::string>& texts) {
  codec::ColumnNames named;
  for (const auto& text : texts) {
    const auto pair = split_first(text, '=');
    if (!pair) return bad_option("--column", text, "names no column", "write it like units=impressions");
    named.insert_or_assign(std::string(pair->name), std::string(pair->value));
  }
  return named;
}

Result<bool> next_record(LineReader& lines, std::string& record) {
  auto more = next_line(lines, record);
  if (!more || !*more) return more;
  if (auto finished = finish_record(lines, record); !finished) return finished.error();
  return true;
}

Status finish_record(LineReader& lines, std::string& record) {
  const auto first = lines.line_number();
  while (codec::csv_continues(record)) {
    if (record.size() > longest_record)
      return Error{ErrorCode::invalid, fmt::format("{}, line {}: a quoted field does not end", lines.name(), first), "",
                   "close its quote, or write a quote inside a field as two"};
    std::string_view line;
    const auto more = lines.next(line);
    if (!more) return more.error();
    if (!*more) break;
    record.append("\n").append(line);
  }
  return ok();
}

Result<bool> next_line(LineReader& lines, std::string& line) {
  std::string_view text;
  auto more = lines.next(text);
  if (more && *more) line = text;
  return more;
}

}  // namespace touchstone::cli
