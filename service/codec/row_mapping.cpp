#include "service/codec/row_mapping.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace touchstone::codec {
namespace {

constexpr std::array<std::string_view, 18> kWords{
    "ignore",  "unit",    "unit_type",  "time",     "id",     "type",       "event",    "value",  "experiment",
    "variant", "channel", "touchpoint", "property", "number", "properties", "happened", "amount", "answer"};

Error missing(std::string message, std::span<const std::string> columns, std::string_view how) {
  return {ErrorCode::invalid, std::move(message), "",
          fmt::format("{}; the columns are {}", how, fmt::join(columns, ", "))};
}

Status check_columns(const RowMapping& mapping, std::span<const std::string> columns) {
  std::map<Meaning, std::string_view> first;
  for (const auto& [column, meant] : mapping.columns) {
    if (std::ranges::find(columns, column) == columns.end())
      return missing(fmt::format("there is no column \"{}\"", column), columns, "name one that is there");
    const auto [known, fresh] = first.try_emplace(meant.meaning, column);
    if (!fresh && !repeats(meant.meaning))
      return Error{
          ErrorCode::invalid,
          fmt::format("two columns are the {}: \"{}\" and \"{}\"", name_of(meant.meaning), known->second, column), "",
          fmt::format("take one away with --map {}=ignore", column)};
  }
  for (const auto& [meaning, value] : mapping.fixed)
    if (first.contains(meaning))
      return Error{ErrorCode::invalid,
                   fmt::format("the {} is both fixed and in the column \"{}\"", name_of(meaning), first.at(meaning)),
                   "", fmt::format("take one away, such as with --map {}=ignore", first.at(meaning))};
  return ok();
}

}  // namespace

std::string_view name_of(Meaning meaning) noexcept { return kWords[static_cast<std::size_t>(meaning)]; }

std::optional<Meaning> meaning_named(std::string_view word) noexcept {
  const auto* const at = std::ranges::find(kWords, word);
  if (at == kWords.end()) return std::nullopt;
  return static_cast<Meaning>(at - kWords.begin());
}

std::span<const std::string_view> meaning_words() noexcept { return kWords; }

bool is_outcome(Meaning meaning) noexcept { return meaning >= Meaning::happened; }

bool repeats(Meaning meaning) noexcept {
  return is_outcome(meaning) || meaning == Meaning::ignored || meaning == Meaning::property ||
         meaning == Meaning::number;
}

bool RowMapping::tells(Meaning meaning) const {
  return fixed.contains(meaning) ||
         std::ranges::any_of(columns, [&](const auto& column) { return column.second.meaning == meaning; });
}

bool RowMapping::tells_outcome() const {
  return std::ranges::any_of(columns, [](const auto& column) { return is_outcome(column.second.meaning); });
}

bool RowMapping::is_of_traits() const {
  const auto type = fixed.find(Meaning::type);
  return type != fixed.end() && type->second == "traits";
}

Status check_mapping(const RowMapping& mapping, std::span<const std::string> columns) {
  if (auto fine = check_columns(mapping, columns); !fine) return fine;
  if (mapping.unit_per_row == mapping.tells(Meaning::unit))
    return missing(
        mapping.unit_per_row ? "a unit per row, and a column of units" : "no column tells whom the rows are about",
        columns, "say which one it is with --map COLUMN=unit, or --unit-per-row where rows have no ids");
  if (!mapping.tells(Meaning::time))
    return missing("no column tells when it was", columns,
                   "say which one with --map COLUMN=time, or --set time=2026-01-31T12:00:00Z for all rows");
  const bool happens = mapping.tells(Meaning::variant) || mapping.tells(Meaning::event) || mapping.tells_outcome();
  if (mapping.is_of_traits() && happens)
    return missing("rows of traits tell what is known, not what happened", columns,
                   "leave out event, variant and outcomes, or --set type=traits");
  if (!happens && !mapping.is_of_traits())
    return missing("no column tells what happened", columns,
                   "say it with --map COLUMN=variant, COLUMN=event, COLUMN=happened or --set event=NAME");
  if (mapping.tells(Meaning::variant) && !mapping.tells(Meaning::experiment))
    return missing("a variant of which experiment?", columns,
                   "say it with --set experiment=KEY or --map COLUMN=experiment");
  if (mapping.tells(Meaning::value) && !mapping.tells(Meaning::event))
    return missing("a value of which event?", columns, "say it with --set event=NAME or --map COLUMN=event");
  return ok();
}

}  // namespace touchstone::codec
