#include "service/cli/segment.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "assign/key.hpp"
#include "assign/unit.hpp"
#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/option_text.hpp"
#include "service/cli/record_file.hpp"
#include "service/cli/record_rows.hpp"
#include "service/codec/file_rows.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/mapping_guess.hpp"
#include "service/codec/segment_json.hpp"
#include "service/page/number_text.hpp"

namespace touchstone::cli {
namespace {

using page::grouped;
using Ids = std::set<std::string, std::less<>>;

constexpr std::size_t kSample = 100;  // rows by which the column is found

Error at_row(const std::string& path, std::uint64_t row, Error error) {
  error.message = fmt::format("{}, row {}: {}", path, row, error.message);
  return error;
}

/// The column that --unit names, or that is called like one.
Result<std::string> column_of(const SegmentOptions& options, const std::string& path, const RecordFile& file) {
  auto rows = rows_of(file);
  if (!rows) return std::move(rows).error();
  const auto sample = sample_of(file, *rows);
  const auto& columns = rows->columns();
  const auto here = [&](std::string message) {
    return Error{ErrorCode::invalid, std::move(message), "",
                 fmt::format("say which one it is with --unit; the columns are {}", fmt::join(columns, ", "))};
  };
  if (!options.unit.empty() && std::ranges::find(columns, options.unit) == columns.end())
    return here(fmt::format("{} has no column \"{}\"", path, options.unit));
  if (!options.unit.empty()) return options.unit;
  const auto guessed = codec::guess_mapping(sample, {}, options.segment);
  for (const auto& [column, meant] : guessed.columns)
    if (meant.meaning == codec::Meaning::unit) return column;
  return here(fmt::format("no column of {} tells units", path));
}

Result<std::string> id_in(const codec::FileRows& row, const std::string& column) {
  const auto& columns = row.columns();
  const auto at = std::ranges::find(columns, column);
  const auto text =
      at == columns.end() ? std::string_view() : row.cell(static_cast<std::size_t>(at - columns.begin())).text;
  if (assign::valid_unit_id(text)) return std::string(text);
  return Error{ErrorCode::invalid, fmt::format("column {}: \"{}\" is not an id", column, text), "",
               "an id has 1 to 256 bytes without control characters"};
}

/// A list that lacks somebody is worse than none, so that no row may be left out.
Status read_ids(const SegmentOptions& options, const std::string& path, Ids& into) {
  auto file = RecordFile::open(path);
  if (!file) return std::move(file).error();
  if (auto looked = file->look_ahead(kSample); !looked) return looked;
  const auto column = column_of(options, path, *file);
  if (!column) return column.error();
  auto rows = rows_of(*file);
  if (!rows) return std::move(rows).error();
  for (;;) {
    const auto more = file->next();
    if (!more) return more.error();
    if (!*more) return ok();
    if (auto read = rows->read(file->record()); !read) return at_row(path, file->row(), std::move(read).error());
    auto id = id_in(*rows, *column);
    if (!id) return at_row(path, file->row(), std::move(id).error());
    into.insert(*std::move(id));
  }
}

std::string body_of(const SegmentOptions& options, const Ids& ids, bool made) {
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object();
  if (made) out.key("key").text(options.segment);
  out.key("list").begin_object().key("unit").text(options.unit_type).key("ids").begin_array();
  for (const auto& id : ids) out.text(id);
  out.end_array().end_object().end_object();
  return text;
}

/// The units that the segment lists now; nothing where there is no such segment.
Result<std::optional<Ids>> listed(const SegmentOptions& options, OperatorClient& client) {
  const auto answer = client.get("/v1/segments/" + options.segment);
  if (!answer && answer.error().code == ErrorCode::not_found) return std::optional<Ids>();
  if (!answer) return answer.error();
  const auto segment = codec::read_stored_segment(*answer);
  if (!segment) return segment.error();
  const auto* list = std::get_if<assign::UnitList>(&segment->rule);
  if (list == nullptr)
    return Error{ErrorCode::conflict, fmt::format("segment \"{}\" is a rule", options.segment), "",
                 "name another: a list would take the rule's place"};
  if (list->unit != options.unit_type)
    return Error{ErrorCode::conflict, fmt::format("segment \"{}\" lists units of type {}", options.segment, list->unit),
                 "", fmt::format("say --unit-type {}, or name another segment", list->unit)};
  return std::optional(Ids(list->ids.begin(), list->ids.end()));
}

std::size_t lacking(const Ids& from, const Ids& in) {
  return static_cast<std::size_t>(std::ranges::count_if(from, [&](const auto& id) { return !in.contains(id); }));
}

Result<std::string> give(const SegmentOptions& options, const Ids& ids, OperatorClient& client) {
  const auto before = listed(options, client);
  if (!before) return before.error();
  const bool made = !*before;
  if (!made && **before == ids)
    return fmt::format("segment {}: {} units, as before\n", options.segment, grouped(ids.size()));
  const auto body = body_of(options, ids, made);
  const auto given = made ? client.post("/v1/segments", body) : client.patch("/v1/segments/" + options.segment, body);
  if (!given) return given.error();
  const Ids none;
  const Ids& old = made ? none : **before;
  return fmt::format("segment {}: {} units, {} came and {} left\n", options.segment, grouped(ids.size()),
                     grouped(lacking(ids, old)), grouped(lacking(old, ids)));
}

}  // namespace

int run_segment(const SegmentOptions& options) {
  if (!assign::valid_key(options.segment))
    return complain_of_usage(bad_option("KEY", options.segment, "is no key",
                                        "1 to 128 of A-Z a-z 0-9 . _ -, starting with a letter or digit"));
  Ids ids;
  for (const auto& path : options.files)
    if (const auto read = read_ids(options, path, ids); !read) return complain(read.error());
  auto client = OperatorClient::reach(options.data, options.to, options.key);
  if (!client) return complain(client.error());
  const auto said = give(options, ids, *client);
  if (!said) return complain(said.error());
  fmt::print("{}", *said);
  return exit_ok;
}

}  // namespace touchstone::cli
