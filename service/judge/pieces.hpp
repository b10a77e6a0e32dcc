#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "service/judge/names.hpp"
#include "service/judge/persons.hpp"
#include "service/judge/timeline.hpp"
#include "storage/time.hpp"

/// What a live view keeps of its events as bytes, a piece at a time, and back: pieces read in order into an empty view
/// make it the view that wrote them. Whoever changes what is kept of an event raises the form of checkpoints
/// (storage/checkpoint.cpp).
namespace touchstone::judge {

/// How far a view was written. It begins behind the empty text, which every Names has.
struct Written {
  std::size_t texts = 1;
  std::size_t units = 0;
  std::size_t links = 0;
  std::size_t exposures = 0;
  std::size_t occurrences = 0;

  friend bool operator==(const Written&, const Written&) = default;
};

/// What the events of a view fill.
struct Filled {
  Names& names;
  Persons& persons;
  Timelines& timelines;
  std::optional<Time>& last_te;
};

/// When all of it is written.
[[nodiscard]] Written extent_of(const Filled& view);

/// What comes next, `most` things of it, and moves `written` on. Nothing of units that were forgotten but their
/// numbers.
[[nodiscard]] std::string next_piece(const Filled& view, Written& written, std::size_t most);

/// False where it is no piece, or does not follow those before it: the view is then good for nothing.
[[nodiscard]] bool take_piece(std::string_view piece, const Filled& view);

}  // namespace touchstone::judge
