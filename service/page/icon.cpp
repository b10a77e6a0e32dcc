#include "service/page/icon.hpp"

#include <algorithm>
#include <array>

namespace touchstone::page {
namespace {

struct Drawing {
  std::string_view code;
  std::string_view path;
};

constexpr std::string_view kCircle = "M12 3A9 9 0 1 1 12 21A9 9 0 1 1 12 3Z";

/// Strokes on a square of 24.
constexpr std::array kDrawings{
    Drawing{"do_not_trust", "M12 3A9 9 0 1 1 12 21A9 9 0 1 1 12 3ZM6 6L18 18"},
    Drawing{"no_data", kCircle},
    Drawing{"roll_back", "M5 5L19 19M19 5L5 19"},
    Drawing{"trade_off", "M12 3V20M7 20H17M4 7H20M4 7L1 14H7ZM20 7L17 14H23Z"},
    Drawing{"segment_split", "M12 3A9 9 0 1 1 12 21A9 9 0 1 1 12 3ZM12 3V21M8 5V19M5 8V16"},
    Drawing{"ship", "M4 13L10 19L20 5"},
    Drawing{"ship_with_care", "M1 13L6 18L14 6M20 4V14M20 19V19.1"},
    Drawing{"no_difference", "M4 9H20M4 15H20"},
    Drawing{"keep_running", "M4 12V12.1M12 12V12.1M20 12V12.1"},
    Drawing{"inconclusive", "M8 8A4 4 0 1 1 14 11.5C12.5 12.5 12 13.5 12 15.5M12 20V20.1"},
};

}  // namespace

Markup verdict_icon(std::string_view code) {
  const auto* const found = std::ranges::find(kDrawings, code, &Drawing::code);
  const auto path = found == kDrawings.end() ? kCircle : found->path;
  return element("svg", {{"class", "icon"}, {"viewBox", "0 0 24 24"}, {"aria-hidden", "true"}},
                 empty_element("path", {{"d", std::string(path)}}));
}

Markup stop_icon() { return verdict_icon("do_not_trust"); }

}  // namespace touchstone::page
