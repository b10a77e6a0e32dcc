#pragma once

#include <span>
#include <string>
#include <string_view>

#include "stats/verdict.hpp"

/// The one catalogue of sentences for managers, keyed by code, so that no channel words a verdict differently. Patterns
/// name their fields in braces ({variant}, {metric}, {change}, {low}, {high}, ...).
namespace touchstone::stats {

enum class Language : std::uint8_t { english };

struct VerdictWording {
  std::string_view icon;
  std::string_view headline;  ///< may hold {variant} and {metric}
  std::string_view sentence;
};
[[nodiscard]] VerdictWording wording(VerdictCode code, Language language = Language::english) noexcept;

/// The sentence for a reason's code; empty for a code that is not in the catalogue.
[[nodiscard]] std::string_view reason_sentence(std::string_view reason_code,
                                               Language language = Language::english) noexcept;

/// "almost certain" (99 %+), "very likely" (95 to 99 %), "likely" (80 to 95 %), "leaning" (60 to 80 %), "toss-up"
/// (40 to 60 %); below 40 % the word belongs to the opposite statement and this returns an empty text.
[[nodiscard]] std::string_view probability_word(double probability) noexcept;

struct Field {
  std::string_view name;
  std::string_view value;
};
/// The pattern with each {name} replaced; a field that is not given stays visible in braces.
[[nodiscard]] std::string fill(std::string_view pattern, std::span<const Field> fields);

/// Words that manager-facing text must not contain ("p-value", "significant", ...).
[[nodiscard]] std::span<const std::string_view> forbidden_words() noexcept;

}  // namespace touchstone::stats
