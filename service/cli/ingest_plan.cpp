#include "service/cli/ingest_plan.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "assign/key.hpp"
#include "service/cli/option_text.hpp"
#include "service/cli/record_rows.hpp"
#include "service/cli/table_layout.hpp"
#include "service/codec/did_you_mean.hpp"
#include "service/codec/digest.hpp"
#include "service/codec/mapping_guess.hpp"
#include "service/codec/table_time.hpp"

namespace touchstone::cli {
namespace {

using codec::Meaning;

constexpr std::size_t kSample = 1'000;  // rows that a guess is made of

Error option_error(std::string_view option, std::string_view text, const Error& error) {
  return bad_option(option, text, error.message, error.hint);
}

Result<Meaning> meaning_of(std::string_view option, std::string_view text, std::string_view word) {
  if (const auto meaning = codec::meaning_named(word)) return *meaning;
  return bad_option(option, text, fmt::format("\"{}\" is nothing that a column can be", word),
                    codec::did_you_mean(word, codec::meaning_words()));
}

/// COLUMN=FIELD[:NAME]
Status read_map(const std::string& text, codec::RowMapping& into) {
  const auto pair = split_last(text, '=');
  if (!pair) return bad_option("--map", text, "maps nothing", "write it like user_id=unit or spend=amount:purchase");
  const auto named = split_first(pair->value, ':');
  const auto meaning = meaning_of("--map", text, named ? named->name : pair->value);
  if (!meaning) return meaning.error();
  if (named && !codec::is_outcome(*meaning) && *meaning != Meaning::property && *meaning != Meaning::number)
    return bad_option("--map", text, "only outcomes and properties have a name", "leave what follows the colon away");
  into.columns[std::string(pair->name)] = {*meaning, std::string(named ? named->value : ""), false};
  return ok();
}

/// FIELD=VALUE
Status read_set(const std::string& text, codec::RowMapping& into) {
  const auto pair = split_first(text, '=');
  if (!pair) return bad_option("--set", text, "sets nothing", "write it like experiment=checkout or event=purchase");
  const auto meaning = meaning_of("--set", text, pair->name);
  if (!meaning) return meaning.error();
  if (codec::repeats(*meaning) || *meaning == Meaning::id)
    return bad_option("--set", text, "differs from row to row", "say which column it is with --map");
  if (*meaning == Meaning::time)
    if (const auto time = codec::read_time_of(pair->value, into.time); !time)
      return option_error("--set", text, time.error());
  into.fixed[*meaning] = pair->value;
  return ok();
}

/// Whether each time of the sample says its own zone.
bool tell_zone(const codec::RowSample& sample, const codec::RowMapping& mapping) {
  return std::ranges::all_of(sample.columns(), [&](const auto& column) {
    const auto told = mapping.columns.find(column.name);
    return told == mapping.columns.end() || told->second.meaning != Meaning::time ||
           std::ranges::all_of(column.values, codec::tells_zone);
  });
}

std::string meaning_text(std::string_view column, const codec::ColumnMeaning& meant) {
  const auto name = meant.name.empty() ? "" : ":" + meant.name;
  return fmt::format("  --map '{}={}{}'{}\n", column, name_of(meant.meaning), name,
                     meant.guessed ? "   (guessed)" : "");
}

}  // namespace

bool IngestPlan::guessed() const {
  return std::ranges::any_of(mapping.columns, [](const auto& column) { return column.second.guessed; });
}

std::string IngestPlan::digest() const {
  std::string text;
  for (const auto& [column, meant] : mapping.columns)
    text.append(fmt::format("{}={}:{}\n", column, name_of(meant.meaning), meant.name));
  for (const auto& [meaning, value] : mapping.fixed) text.append(fmt::format("{}={}\n", name_of(meaning), value));
  text.append(fmt::format("{} {} {} {} {}", mapping.unit_type, mapping.unit_per_row,
                          static_cast<int>(mapping.time.kind), mapping.time.pattern, mapping.time.zone.count()));
  return codec::digest_of(text);
}

Result<codec::RowMapping> asked_mapping(const IngestOptions& options) {
  codec::RowMapping asked;
  auto form = codec::parse_time_form(options.time_format);
  if (!form) return option_error("--time-format", options.time_format, form.error());
  const auto zone = codec::parse_zone(options.zone);
  if (!zone) return option_error("--zone", options.zone, zone.error());
  if (!assign::valid_key(options.unit_type))
    return bad_option("--unit-type", options.unit_type, "is no type of unit", "user, device, account, session, ...");
  asked.time = *std::move(form);
  asked.time.zone = *zone;
  asked.unit_type = options.unit_type;
  asked.unit_per_row = options.unit_per_row;
  for (const auto& text : options.maps)
    if (auto read = read_map(text, asked); !read) return std::move(read).error();
  for (const auto& text : options.sets)
    if (auto read = read_set(text, asked); !read) return std::move(read).error();
  return asked;
}

Result<IngestPlan> ingest_plan(const IngestOptions& options, const std::string& path, RecordFile& file) {
  auto asked = asked_mapping(options);
  if (!asked) return std::move(asked).error();
  if (auto looked = file.look_ahead(kSample); !looked) return std::move(looked).error();
  if (file.form() == RecordForm::log) {
    if (options.maps.empty() && options.sets.empty()) return IngestPlan();
    return Error{ErrorCode::invalid, path + " is an event log: its lines say what they are", "",
                 "leave --map and --set away"};
  }
  auto rows = rows_of(file);
  if (!rows) return std::move(rows).error();
  const auto sample = sample_of(file, *rows);
  IngestPlan plan{file.form(), *std::move(rows), {}, true};
  plan.mapping = codec::guess_mapping(sample, *std::move(asked), key_of_file(path));
  if (auto fine = codec::check_mapping(plan.mapping, plan.rows.columns()); !fine) return std::move(fine).error();
  plan.zone_told = options.zone != "UTC" || tell_zone(sample, plan.mapping);
  return plan;
}

std::string plan_text(const IngestPlan& plan, const std::string& path) {
  if (plan.form == RecordForm::log) return fmt::format("{} is an event log; its lines are stored as they are.\n", path);
  auto text = fmt::format("{} is {}. Its rows are read as with\n", path,
                          plan.form == RecordForm::table ? "a table" : "a file of JSON objects");
  for (const auto& column : plan.rows.columns())
    if (const auto told = plan.mapping.columns.find(column); told != plan.mapping.columns.end())
      text.append(meaning_text(column, told->second));
  for (const auto& [meaning, value] : plan.mapping.fixed)
    text.append(fmt::format("  --set '{}={}'\n", name_of(meaning), value));
  text.append(fmt::format("  --unit-type {}\n", plan.mapping.unit_type));
  if (plan.mapping.unit_per_row) text.append("  --unit-per-row\n");
  if (!plan.zone_told) text.append("  --zone UTC   (times do not tell theirs)\n");
  return text;
}

Status PlannedRows::read(std::string_view record, std::string_view row_id, storage::EventBatch& out) {
  whole_ = true;
  if (form_ == RecordForm::log) return log_.read(record, out);
  if (auto read = rows_.read(record); !read) {
    whole_ = false;
    return read;
  }
  return events_.read(rows_, row_id, out);
}

}  // namespace touchstone::cli
