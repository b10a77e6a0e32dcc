#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/codec/table_time.hpp"

/// What the columns of a file mean, so that its rows become events. A row is an exposure where it tells a variant, an
/// event where it tells an event's name, and one more event for each column of outcomes that says something happened.
/// A row of type traits says what is known of a unit from a time on, and nothing else.
namespace touchstone::codec {

enum class Meaning : std::uint8_t {
  ignored,
  unit,
  unit_type,
  time,
  id,    ///< of the event, where the file has its own
  type,  ///< "exposure", "event" or "traits", where rows are one or the other
  event,
  value,
  experiment,
  variant,
  channel,
  touchpoint,
  property,    ///< travels as text; of JSON as what it is
  number,      ///< travels as a number
  properties,  ///< a JSON object in one field
  happened,    ///< an outcome: 1, true, yes = an event
  amount,      ///< an outcome: a number, 0 or nothing = no event
  answer,      ///< an outcome: a number, nothing = no event
};

[[nodiscard]] std::string_view name_of(Meaning meaning) noexcept;
[[nodiscard]] std::optional<Meaning> meaning_named(std::string_view word) noexcept;
[[nodiscard]] std::span<const std::string_view> meaning_words() noexcept;

/// Whether several columns may mean this.
[[nodiscard]] bool repeats(Meaning meaning) noexcept;
[[nodiscard]] bool is_outcome(Meaning meaning) noexcept;

struct ColumnMeaning {
  Meaning meaning = Meaning::ignored;
  std::string name;  ///< of the property, or of the outcome's event; empty: that of the column
  bool guessed = false;
};

struct RowMapping {
  std::map<std::string, ColumnMeaning, std::less<>> columns;  ///< a column that is not there is a property
  std::map<Meaning, std::string> fixed;                       ///< what is the same in every row
  std::string unit_type = "user";
  bool unit_per_row = false;  ///< no column tells units: each row is one of its own
  TimeForm time;

  [[nodiscard]] bool tells(Meaning meaning) const;
  [[nodiscard]] bool tells_outcome() const;
  /// Every row is of type traits.
  [[nodiscard]] bool is_of_traits() const;
};

/// Whether rows can become events this way. Errors name what is missing or told twice, and the option that says it.
[[nodiscard]] Status check_mapping(const RowMapping& mapping, std::span<const std::string> columns);

}  // namespace touchstone::codec
