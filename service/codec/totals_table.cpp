#include "service/codec/totals_table.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "assign/utf8.hpp"
#include "service/codec/did_you_mean.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

constexpr std::array<std::string_view, 9> kColumns{"experiment",  "metric", "time",     "variant", "units",
                                                   "conversions", "mean",   "variance", "sd"};
constexpr std::string_view kSd = "sd";
constexpr double kMostUnits = 1e15;

}  // namespace

Result<TotalsTable> TotalsTable::open(std::string_view header, const ColumnNames& named) {
  auto opened = NamedTable::open(header, kColumns, named, "a table of totals");
  if (!opened) return std::move(opened).error();
  TotalsTable table(*std::move(opened));
  for (const auto* const needed : {"variant", "units"})
    if (auto there = table.row_.need(needed); !there) return std::move(there).error();
  const bool spread = table.row_.has("variance") || table.row_.has(kSd);
  if (!table.row_.has("conversions") && !(table.row_.has("mean") && spread))
    return Error{ErrorCode::invalid, "the table says neither conversions nor mean and variance", "",
                 fmt::format("{}; name them like --column conversions=clicks", table.row_.columns_in_words())};
  return table;
}

Status TotalsTable::read(std::string_view record) {
  if (auto split = row_.read(record); !split) return split;
  for (const auto* const text : {"experiment", "metric", "variant"})
    if (const auto given = row_.field(text); given && !assign::is_utf8(*given)) return row_.bad_text(text);
  const auto at = time();
  if (!at) return at.error();
  const auto known = arm();
  if (!known) return known.error();
  const std::string variant(*row_.field("variant"));
  if (variant.empty()) return row_.bad("variant", "is empty", "name the arm");
  Open& stream = stream_of(row_.field("experiment").value_or("experiment"), row_.field("metric").value_or(""));
  if (std::find(stream.variants.begin(), stream.variants.end(), variant) == stream.variants.end())
    stream.variants.push_back(variant);
  if (!stream.looks[*at].emplace(variant, *known).second)
    return row_.bad("variant", "stands twice in the same experiment, metric and time",
                    "give every row an arm of its own");
  return ok();
}

Result<std::int64_t> TotalsTable::count(std::string_view column) const {
  const auto value = row_.number(column);
  if (!value) return value.error();
  if (*value < 0 || *value > kMostUnits || *value != std::floor(*value))
    return row_.bad(column, "is not a count", "a whole number from 0 to 10^15");
  return static_cast<std::int64_t>(*value);
}

Result<double> TotalsTable::time() const {
  const auto text = row_.field("time");
  if (!text) return 0.0;
  if (const auto value = number_of(*text)) return *value;
  if (const auto instant = parse_time(*text)) return std::chrono::duration<double>(instant->time_since_epoch()).count();
  return row_.bad("time", "is neither a number nor a time", "write 3.5 or 2026-01-31T12:00:00Z");
}

Result<judge::ArmTotal> TotalsTable::arm() const {
  judge::ArmTotal arm;
  const auto units = count("units");
  if (!units) return units.error();
  arm.units = *units;
  if (const auto conversions = row_.field("conversions"); conversions && !conversions->empty()) {
    const auto number = count("conversions");
    if (!number) return number.error();
    if (*number > arm.units) return row_.bad("conversions", "are more than the units", "count each unit once");
    arm.conversions = *number;
    arm.mean = arm.units == 0 ? 0 : static_cast<double>(*number) / static_cast<double>(arm.units);
    return arm;
  }
  const std::string_view spread = row_.has("variance") ? "variance" : kSd;
  if (!row_.has("mean") || !row_.has(spread))
    return row_.bad("conversions", "is empty", "give a number, or columns mean and variance");
  const auto mean = row_.number("mean");
  if (!mean) return mean.error();
  const auto given = row_.number(spread);
  if (!given) return given.error();
  if (*given < 0) return row_.bad(spread, "is negative", "a variance, or standard deviation, is 0 or more");
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
