#include "service/page/conclusion_text.hpp"

#include <algorithm>
#include <array>

namespace touchstone::page {
namespace {

struct Words {
  std::string_view code;
  std::string_view text;
  Tone tone;
};
constexpr std::array all_words{
    Words{"unknown", "○ unknown", Tone::open},
    Words{"not_clear", "● not clear", Tone::open},
    Words{"better", "▲ better", Tone::good},
    Words{"worse", "▼ worse", Tone::bad},
    Words{"no_difference", "= no difference", Tone::good},
    Words{"safe", "✓ safe", Tone::good},
    Words{"not_ruled_out", "! not ruled out", Tone::open},
    Words{"harmed", "✗ harmed", Tone::bad},
};

const Words* words_of(std::string_view conclusion) noexcept {
  const auto* const found =
      std::find_if(all_words.begin(), all_words.end(), [&](const Words& words) { return words.code == conclusion; });
  return found == all_words.end() ? nullptr : found;
}

}  // namespace

std::string conclusion_text(std::string_view conclusion) {
  const auto* words = words_of(conclusion);
  return std::string(words == nullptr ? conclusion : words->text);
}

Tone tone_of(std::string_view conclusion) noexcept {
  const auto* words = words_of(conclusion);
  return words == nullptr ? Tone::open : words->tone;
}

}  // namespace touchstone::page
