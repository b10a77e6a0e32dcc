#include "service/codec/totals_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "assign/utf8.hpp"
#include "service/codec/did_you_mean.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

constexpr std::array<std::string_view, 8> kColumns{"experiment", "metric",      "time", "variant",
                                                   "units",      "conversions", "mean", "variance"};
constexpr std::string_view kSd = "sd";
constexpr double kMostUnits = 1e15;

std::string_view trimmed(std::string_view text) noexcept {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::optional<double> number_of(std::string_view text) noexcept {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

bool known_column(std::string_view name) {
  return name == kSd || std::find(kColumns.begin(), kColumns.end(), name) != kColumns.end();
}

Error no_column(std::string_view name, const std::vector<std::string>& header) {
  return {ErrorCode::invalid, fmt::format("the table has no column \"{}\"", name), "",
          fmt::format("its columns are {}; say which one it is with --column", fmt::join(header, ", "))};
}

Status check_names(const TotalsColumns& named) {
  for (const auto& [name, column] : named)
    if (!known_column(name))
      return Error{ErrorCode::invalid, fmt::format("\"{}\" is not what a table of totals says", name), "",
                   did_you_mean(name, kColumns)};
  return ok();
}

/// Where each column stands that the table has.
Result<std::map<std::string, std::size_t, std::less<>>> places(const std::vector<std::string>& header,
                                                               const TotalsColumns& named) {
  std::map<std::string, std::size_t, std::less<>> found;
  std::vector<std::string_view> all(kColumns.begin(), kColumns.end());
  all.push_back(kSd);
  for (const auto name : all) {
    const auto asked = named.find(name);
    const std::string column = asked == named.end() ? std::string(name) : asked->second;
    const auto at = std::find(header.begin(), header.end(), column);
    if (at == header.end() && asked != named.end()) return no_column(column, header);
    if (at == header.end()) continue;
    if (std::find(at + 1, header.end(), column) != header.end())
      return Error{ErrorCode::invalid, fmt::format("the table has two columns \"{}\"", column), "",
                   "rename one of them"};
    found.emplace(name, static_cast<std::size_t>(at - header.begin()));
  }
  return found;
}

}  // namespace

Result<TotalsTable> TotalsTable::open(std::string_view header, const TotalsColumns& named) {
  TotalsTable table;
  if (header.starts_with("\xEF\xBB\xBF")) header.remove_prefix(3);
  if (auto split = table.record_.split(trimmed(header)); !split) return std::move(split).error();
  for (const auto name : table.record_.fields()) table.header_.emplace_back(trimmed(name));
  if (auto fine = check_names(named); !fine) return std::move(fine).error();
  auto found = places(table.header_, named);
  if (!found) return std::move(found).error();
  table.places_ = *std::move(found);
  for (const auto* const needed : {"variant", "units"})
    if (!table.places_.contains(needed)) return no_column(needed, table.header_);
  const bool spread = table.places_.contains("variance") || table.places_.contains(kSd);
  if (!table.places_.contains("conversions") && !(table.places_.contains("mean") && spread))
    return Error{
        ErrorCode::invalid, "the table says neither conversions nor mean and variance", "",
        fmt::format("its columns are {}; name them like --column conversions=clicks", fmt::join(table.header_, ", "))};
  return table;
}

Status TotalsTable::read(std::string_view record) {
  ++rows_;
  if (auto split = record_.split(trimmed(record)); !split) {
    auto error = std::move(split).error();
    error.message = fmt::format("row {}: {}", rows_, error.message);
    return error;
  }
  if (record_.fields().size() != header_.size())
    return Error{ErrorCode::invalid,
                 fmt::format("row {} has {} fields, the header {}", rows_, record_.fields().size(), header_.size()),
                 fmt::format("/{}", rows_), "a field that holds a comma is written in quotes"};
  for (const auto* const text : {"experiment", "metric", "variant"})
    if (const auto given = field(text); given && !assign::is_utf8(*given)) return bad_text(text);
  const auto at = time();
  if (!at) return at.error();
  const auto known = arm();
  if (!known) return known.error();
  const std::string variant(*field("variant"));
  if (variant.empty()) return bad("variant", "is empty", "name the arm");
  Open& stream = stream_of(field("experiment").value_or("experiment"), field("metric").value_or(""));
  if (std::find(stream.variants.begin(), stream.variants.end(), variant) == stream.variants.end())
    stream.variants.push_back(variant);
  if (!stream.looks[*at].emplace(variant, *known).second)
    return bad("variant", "stands twice in the same experiment, metric and time", "give every row an arm of its own");
  return ok();
}

std::optional<std::string_view> TotalsTable::field(std::string_view column) const {
  const auto place = places_.find(column);
  if (place == places_.end()) return std::nullopt;
  return trimmed(record_.fields()[place->second]);
}

Error TotalsTable::bad(std::string_view column, std::string_view what, std::string hint) const {
  const std::string& name = header_[places_.find(column)->second];
  return {ErrorCode::invalid,
          fmt::format("row {}, column {}: \"{}\" {}", rows_, name, field(column).value_or(""), what),
          fmt::format("/{}/{}", rows_, name), std::move(hint)};
}

Error TotalsTable::bad_text(std::string_view column) const {
  const std::string& name = header_[places_.find(column)->second];
  return {ErrorCode::invalid, fmt::format("row {}, column {}: is not UTF-8", rows_, name),
          fmt::format("/{}/{}", rows_, name), "save the table in UTF-8"};
}

Result<double> TotalsTable::number(std::string_view column) const {
  if (const auto value = number_of(*field(column))) return *value;
  return bad(column, "is not a number", "write it like 12.5");
}

Result<std::int64_t> TotalsTable::count(std::string_view column) const {
  const auto value = number(column);
  if (!value) return value.error();
  if (*value < 0 || *value > kMostUnits || *value != std::floor(*value))
    return bad(column, "is not a count", "a whole number from 0 to 10^15");
  return static_cast<std::int64_t>(*value);
}

Result<double> TotalsTable::time() const {
  const auto text = field("time");
  if (!text) return 0.0;
  if (const auto value = number_of(*text)) return *value;
  if (const auto instant = parse_time(*text)) return std::chrono::duration<double>(instant->time_since_epoch()).count();
  return bad("time", "is neither a number nor a time", "write 3.5 or 2026-01-31T12:00:00Z");
}

Result<judge::ArmTotal> TotalsTable::arm() const {
  judge::ArmTotal arm;
  const auto units = count("units");
  if (!units) return units.error();
  arm.units = *units;
  if (const auto conversions = field("conversions"); conversions && !conversions->empty()) {
    const auto number = count("conversions");
    if (!number) return number.error();
    if (*number > arm.units) return bad("conversions", "are more than the units", "count each unit once");
    arm.conversions = *number;
    arm.mean = arm.units == 0 ? 0 : static_cast<double>(*number) / static_cast<double>(arm.units);
    return arm;
  }
  const std::string_view spread = places_.contains("variance") ? "variance" : kSd;
  if (!places_.contains("mean") || !places_.contains(spread))
    return bad("conversions", "is empty", "give a number, or columns mean and variance");
  const auto mean = number("mean");
  if (!mean) return mean.error();
  const auto given = number(spread);
  if (!given) return given.error();
  if (*given < 0) return bad(spread, "is negative", "a variance, or standard deviation, is 0 or more");
  arm.mean = *mean;
  arm.variance = spread == kSd ? *given * *given : *given;
  return arm;
}

TotalsTable::Open& TotalsTable::stream_of(std::string_view experiment, std::string_view metric) {
  const auto [known, fresh] = known_.try_emplace(Key(experiment, metric), streams_.size());
  if (fresh) streams_.push_back({known->first.first, known->first.second, {}, {}});
  return streams_[known->second];
}

Result<judge::TotalsStream> TotalsTable::closed(const Open& open, std::string_view control) {
  const auto whose = open.metric.empty() ? open.experiment : open.experiment + ", " + open.metric;
  judge::TotalsStream stream{open.experiment, open.metric, open.variants, {}, true, {}};
  if (stream.variants.size() < 2)
    return Error{ErrorCode::invalid, fmt::format("{}: it has one arm only", whose), "", "compare two at least"};
  const auto first = std::find(stream.variants.begin(), stream.variants.end(), control);
  if (first == stream.variants.end() && !control.empty())
    return Error{
        ErrorCode::not_found, fmt::format("{}: there is no variant \"{}\" to compare against", whose, control), "",
        "--control: " +
            did_you_mean(control, std::vector<std::string_view>(stream.variants.begin(), stream.variants.end()))};
  if (first != stream.variants.end()) std::rotate(stream.variants.begin(), first, first + 1);
  stream.weights.assign(stream.variants.size(), 1.0);
  for (const auto& [at, arms] : open.looks) {
    judge::TotalsLook look{at, {}};
    for (const auto& variant : stream.variants) {
      const auto known = arms.find(variant);
      if (known == arms.end())
        return Error{ErrorCode::invalid, fmt::format("{}: at {} there is no row of variant \"{}\"", whose, at, variant),
                     "", "every time needs a row for each arm, with all that happened until then"};
      stream.conversions = stream.conversions && known->second.conversions.has_value();
      look.arms.push_back(known->second);
    }
    stream.looks.push_back(std::move(look));
  }
  return stream;
}

Result<std::vector<judge::TotalsStream>> TotalsTable::streams(std::string_view control) const {
  std::vector<judge::TotalsStream> all;
  for (const Open& open : streams_) {
    auto stream = closed(open, control);
    if (!stream) return std::move(stream).error();
    all.push_back(*std::move(stream));
  }
  return all;
}

}  // namespace touchstone::codec
