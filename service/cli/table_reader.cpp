#include "service/cli/table_reader.hpp"

#include "service/cli/option_text.hpp"
#include "service/codec/csv.hpp"

namespace touchstone::cli {

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
  std::string_view line;
  auto more = lines.next(line);
  if (!more || !*more) return more;
  record = line;
  while (codec::csv_continues(record)) {
    more = lines.next(line);
    if (!more) return more;
    if (!*more) break;
    record.append("\n").append(line);
  }
  return true;
}

}  // namespace touchstone::cli
