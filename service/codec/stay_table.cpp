#include "service/codec/stay_table.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "service/codec/did_you_mean.hpp"

namespace touchstone::codec {
namespace {

constexpr std::array<std::string_view, 4> kColumns{"time", "ended", "variant", "stratum"};
constexpr std::array<std::string_view, 3> kEnded{"1", "true", "yes"};
constexpr std::array<std::string_view, 3> kStillThere{"0", "false", "no"};

bool one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

Result<StayTable> StayTable::open(std::string_view header, const ColumnNames& named) {
  auto opened = NamedTable::open(header, kColumns, named, "a table of stays");
  if (!opened) return std::move(opened).error();
  StayTable table(*std::move(opened));
  for (const auto* const needed : {"time", "ended", "variant"})
    if (auto there = table.row_.need(needed); !there) return std::move(there).error();
  return table;
}

Status StayTable::read(std::string_view record) {
  if (auto split = row_.read(record); !split) return split;
  const auto known = stay();
  if (!known) return known.error();
  const auto variant = row_.name("variant");
  if (!variant) return variant.error();
  const auto stratum = row_.has("stratum") ? row_.name("stratum") : Result<std::string>(std::string());
  if (!stratum) return stratum.error();
  if (std::find(variants_.begin(), variants_.end(), *variant) == variants_.end()) variants_.push_back(*variant);
  strata_[*stratum][*variant].push_back(*known);
  return ok();
}

Result<stats::Lifetime> StayTable::stay() const {
  const auto time = row_.number("time");
  if (!time) return time.error();
  if (*time < 0) return row_.bad("time", "is negative", "the time from the start to the end, or to today");
  const std::string_view ended = *row_.field("ended");
  if (!one_of(ended, kEnded) && !one_of(ended, kStillThere))
    return row_.bad("ended", "says neither that it ended nor that it did not",
                    "write 1 or 0, true or false, yes or no");
  return stats::Lifetime{*time, one_of(ended, kEnded)};
}

Result<judge::SurvivalStudy> StayTable::study(std::string_view control) const {
  judge::SurvivalStudy study{variants_, {}};
  if (study.variants.size() < 2)
    return Error{ErrorCode::invalid, "the table has fewer than two variants", "", "compare two at least"};
  const auto first = std::find(study.variants.begin(), study.variants.end(), control);
  if (first == study.variants.end() && !control.empty())
    return Error{
        ErrorCode::not_found, fmt::format("there is no variant \"{}\" to compare against", control), "",
        "--control: " + did_you_mean(control, std::vector<std::string_view>(variants_.begin(), variants_.end()))};
  if (first != study.variants.end()) std::rotate(study.variants.begin(), first, first + 1);
  for (const auto& [name, arms] : strata_) {
    judge::Stays stays;
    for (const auto& variant : study.variants) {
      const auto known = arms.find(variant);
      stays.push_back(known == arms.end() ? std::vector<stats::Lifetime>() : known->second);
    }
    study.strata.push_back(std::move(stays));
  }
  return study;
}

}  // namespace touchstone::codec
