#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace touchstone::assign {

/// How an experiment's units get their variants.
enum class Scheme : std::uint8_t {
  touchstone_1,   ///< layer slot and variant slot by MurmurHash3 under stored salts
  touchstone_1k,  ///< the same with a keyed hash: only where the server's key is known
  growthbook_2,   ///< the same with GrowthBook's hash; compiled as a dialect
  dialect,        ///< as another vendor does it, by a dialect program; layers and holdouts are steps of that program
  external,       ///< assigned elsewhere: the variant in the exposure is believed, nothing is decided here
};

/// The scheme that a name in a document stands for. Names of vendors are for dialects: `has_program` tells whether the
/// experiment brings the program that such a name needs.
[[nodiscard]] std::optional<Scheme> scheme_named(std::string_view name, bool has_program) noexcept;

}  // namespace touchstone::assign
