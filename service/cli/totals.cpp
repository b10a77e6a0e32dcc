#include "service/cli/totals.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "service/cli/exit_code.hpp"
#include "service/cli/option_text.hpp"
#include "service/cli/table_reader.hpp"
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
  const auto named = column_names(options.columns);
  if (!named) return complain(named.error(), exit_usage);
  const auto table = read_table<codec::TotalsTable>(options.file, *named);
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
