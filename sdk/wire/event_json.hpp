#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "assign/attribute.hpp"
#include "assign/instant.hpp"
#include "assign/result.hpp"
#include "assign/unit.hpp"

namespace touchstone::wire {

/// What every item of /v1/events has: its identity is (id, UTC day of `at`), so a retry repeats both.
struct ItemHead {
  std::string_view id;
  assign::Unit unit;
  assign::Instant at;
};

struct ExposureItem {
  std::string_view experiment;
  std::string_view variant;
  std::int64_t config_version = 0;
};

struct EventItem {
  std::string_view name;
  std::optional<double> value{};
  assign::Attributes properties{};
  std::string_view channel{};     ///< empty: none
  std::string_view touchpoint{};  ///< empty: none
};

/// Each as one JSON object, members sorted. All text must be well-formed UTF-8 and all numbers finite.
[[nodiscard]] std::string write_item(const ItemHead& head, const ExposureItem& exposure);
[[nodiscard]] std::string write_item(const ItemHead& head, const EventItem& event);
[[nodiscard]] std::string write_link(const ItemHead& head, const assign::Unit& to);
[[nodiscard]] std::string write_traits(const ItemHead& head, assign::Attributes attributes);

/// A body of POST /v1/events; `sent_at` lets the server correct a clock that is off.
[[nodiscard]] std::string write_batch(assign::Instant sent_at, std::span<const std::string> items);

/// What a server said of the items of a batch, counted.
struct Verdicts {
  std::uint64_t stored = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t quarantined = 0;
  std::uint64_t refused = 0;

  [[nodiscard]] std::uint64_t items() const noexcept { return stored + duplicate + quarantined + refused; }
};

[[nodiscard]] Result<Verdicts> read_verdicts(std::string_view json);

}  // namespace touchstone::wire
