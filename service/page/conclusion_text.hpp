#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// A row's conclusion for people, by its code (judge::Row::conclusion).
namespace touchstone::page {

/// Sign and word: "▲ better", "● not clear", ... A code that this program has no words for is shown as it is.
[[nodiscard]] std::string conclusion_text(std::string_view conclusion);

/// What is decided has a colour; the rest is open.
enum class Tone : std::uint8_t { good, bad, open };
[[nodiscard]] Tone tone_of(std::string_view conclusion) noexcept;

}  // namespace touchstone::page
