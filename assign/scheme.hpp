#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace touchstone::assign {

/// How an experiment's units get their variants.
enum class Scheme : std::uint8_t {
  touchstone_1,  ///< layer slot and variant slot by MurmurHash3 under stored salts
  external,      ///< assigned elsewhere: the variant in the exposure is believed, nothing is decided here
};

/// The scheme's name in documents, and back.
[[nodiscard]] std::string_view name_of(Scheme scheme) noexcept;
[[nodiscard]] std::optional<Scheme> scheme_named(std::string_view name) noexcept;

}  // namespace touchstone::assign
