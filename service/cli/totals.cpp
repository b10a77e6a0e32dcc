#include "service/cli/totals.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "service/cli/exit_code.hpp"
#include "service/cli/line_reader.hpp"
#include "service/cli/option_text.hpp"
#include "service/cli/terminal.hpp"
#include "service/cli/totals_text.hpp"
#include "service/codec/totals_json.hpp"
#include "service/codec/totals_table.hpp"

namespace touchstone::cli {
namespace {

int complain(const Error& error, ExitCode otherwise) {
  fmt::print(stderr, "touchstone: {}\n", error.message);
  if (!error.hint.empty()) fmt::print(stderr, "  {}\n", error.hint);
  return error.code == ErrorCode::not_found ? exit_not_found : otherwise;
}

Result<codec::TotalsColumns> columns(const std::vector<std::string>& texts) {
  codec::TotalsColumns named;
  for (const auto& text : texts) {
    const auto pair = split_first(text, '=');
    if (!pair) return bad_option("--column", text, "names no column", "write it like units=impressions");
    named.insert_or_assign(std::string(pair->name), std::string(pair->value));
  }
  return named;
}

/// The next record, which goes on over line ends inside quotes; false at the end.
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

Result<codec::TotalsTable> read_table(const std::string& path, const codec::TotalsColumns& named) {
  auto lines = LineReader::open(path);
  if (!lines) return lines.error();
  std::string record;
  const auto header = next_record(*lines, record);
  if (!header) return header.error();
  if (!*header) return Error{ErrorCode::invalid, path + " is empty", "", "its first line names the columns"};
  auto table = codec::TotalsTable::open(record, named);
  if (!table) return table;
  for (;;) {
    const auto more = next_record(*lines, record);
    if (!more) return more.error();
    if (!*more) return table;
    if (auto taken = table->read(record); !taken) return taken.error();
  }
}

Status share(std::vector<judge::TotalsStream>& streams, const std::string& split) {
  if (split.empty()) return ok();
  std::map<std::string, double, std::less<>> shares;
  for (const auto part : split_text(split, ',')) {
    const auto pair = split_last(part, '=');
    const auto weight = pair ? number_in(pair->value) : std::nullopt;
    if (!weight || !(*weight > 0))
      return bad_option("--split", split, fmt::format("\"{}\" is not a share above 0", part),
                        "write control=50,treatment=50");
    shares.insert_or_assign(std::string(pair->name), *weight);
  }
  for (auto& stream : streams)
    for (std::size_t v = 0; v < stream.variants.size(); ++v) {
      const auto known = shares.find(stream.variants[v]);
      if (known == shares.end())
        return bad_option("--split", split, fmt::format("has no share for \"{}\"", stream.variants[v]),
                          "name every variant of the table");
      stream.weights[v] = known->second;
    }
  return ok();
}

}  // namespace

int run_totals(const TotalsOptions& options) {
  const auto named = columns(options.columns);
  if (!named) return complain(named.error(), exit_usage);
  const auto table = read_table(options.file, *named);
  if (!table) return complain(table.error(), exit_failed);
  auto streams = table->streams(options.control);
  if (!streams) return complain(streams.error(), exit_failed);
  if (const auto shared = share(*streams, options.split); !shared) return complain(shared.error(), exit_usage);
  auto judgements = judge::judge_totals(*streams, {options.alpha, options.planned_units});
  std::vector<JudgedTotals> all;
  for (std::size_t i = 0; i < streams->size(); ++i) all.push_back({std::move((*streams)[i]), std::move(judgements[i])});
  if (options.json)
    for (const auto& judged : all) fmt::print("{}\n", codec::write_totals(judged.stream, judged.judgement));
  else
    fmt::print("{}", totals_text(all, options.alpha, terminal_of(stdout).colour));
  return exit_ok;
}

}  // namespace touchstone::cli
