#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "storage/time.hpp"

namespace touchstone::codec {

inline constexpr std::uint32_t kMostMonths = 1'200;

/// How long an environment keeps its events, as the history has it.
struct RetentionDocument {
  std::optional<std::uint32_t> months;  ///< absent: for ever
  std::optional<Time> kept_from;        ///< what took effect before was let go; absent: nothing ever was
};

/// The same, and how things stand.
struct Retention {
  std::optional<std::uint32_t> months;
  std::optional<Time> kept_from;
  bool finished = true;                ///< false: the last order was cut off, and will be carried out again
  std::uint64_t events = 0;            ///< that were let go, ever
  std::optional<Time> next_kept_from;  ///< what it will be after the next look; absent: as it is
  std::optional<Time> next_look;       ///< absent: events are kept for ever
  std::vector<std::string> held_by;    ///< experiments that need older events than `months` would leave
};

/// `{"months": 13}`, or null for ever.
[[nodiscard]] Result<std::optional<std::uint32_t>> read_retention_request(std::string_view json);
[[nodiscard]] std::string write_stored_retention(const RetentionDocument& document);
[[nodiscard]] Result<RetentionDocument> read_stored_retention(std::string_view json);
[[nodiscard]] std::string write_retention(const Retention& retention);

}  // namespace touchstone::codec
