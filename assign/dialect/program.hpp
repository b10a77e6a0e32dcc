#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::assign::dialect {

/// How other vendors assign, in one small vocabulary. A program is a graph of draws: each step hashes a text made from
/// the unit's id, reduces the hash to a number, looks for the band that holds it and goes where the band leads. Traffic
/// gates, layers, namespaces, filters, groups and holdouts are steps like the choice of the variant itself.

/// From text to an unsigned number.
enum class Hash : std::uint8_t {
  fnv1a32,
  fnv1a32_twice,  ///< fnv1a32 of the decimal digits of fnv1a32
  murmur3,        ///< x86 32
  java31,         ///< 31 h + c over UTF-16 units, xor the seed: String.hashCode of Java
  md5,            ///< all 128 bits, big endian
  md5_32,         ///< first 8 hex digits
  sha1_28,        ///< first 7 hex digits
  sha1_52,        ///< first 13 hex digits
  sha1_60,        ///< first 15 hex digits
  sha256_64,      ///< first 8 bytes, big endian
};

/// What of a text is hashed. SDKs written in JavaScript differ here from their own vendor's other SDKs.
enum class Encoding : std::uint8_t {
  utf8,
  utf16,        ///< whole 16-bit units, each xor-ed at once (FNV)
  utf16_low8,   ///< the low byte of each 16-bit unit
  utf16_mixed,  ///< 16-bit units shifted over each other into the blocks of MurmurHash (imurmurhash)
  code_points,  ///< whole code points, each xor-ed at once (FNV)
};

/// From the hash h to the number that is compared.
enum class Reduction : std::uint8_t {
  modulo,          ///< (h mod n) / divisor * factor
  signed_modulo,   ///< |h mod n| with h as a signed 32-bit number and the remainder of C
  quotient,        ///< floor(h / n)
  scaled,          ///< floor(h * n / 2^32)
  fraction,        ///< h / divisor * factor
  signed_fraction  ///< |h| / divisor * factor with h as a signed 32-bit number
};

/// The number for a unit: hash(prefix + id + suffix), reduced.
struct Draw {
  std::string prefix;
  std::string suffix;
  Hash hash = Hash::murmur3;
  Encoding encoding = Encoding::utf8;
  std::uint32_t seed = 0;
  Reduction reduction = Reduction::modulo;
  std::uint64_t n = 1;
  double divisor = 1;
  double factor = 1;
  std::optional<double> again_at;  ///< this result is refused: the text is repeated after a comma and hashed again

  friend bool operator==(const Draw&, const Draw&) = default;
};

/// Where a band leads.
struct Target {
  enum class Kind : std::uint8_t {
    nothing,  ///< not in the test
    step,     ///< go on with steps[number]
    variant,  ///< variants[number]
    integer,  ///< the drawn number plus `number`, as a variant of its own
  };

  Kind kind = Kind::nothing;
  std::int64_t number = 0;

  friend bool operator==(const Target&, const Target&) = default;
};

inline constexpr Target nothing{};
[[nodiscard]] constexpr Target step(std::size_t number) {
  return {Target::Kind::step, static_cast<std::int64_t>(number)};
}
[[nodiscard]] constexpr Target variant(std::size_t number) {
  return {Target::Kind::variant, static_cast<std::int64_t>(number)};
}

/// Numbers from `lower` on, below `upper` (or up to it, where the step says so).
struct Band {
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
  Target to;

  friend bool operator==(const Band&, const Band&) = default;
};

/// The first band that holds the number decides.
struct Step {
  Draw draw;
  bool closed = false;  ///< `upper` belongs to the band
  std::vector<Band> bands;
  Target otherwise;

  friend bool operator==(const Step&, const Step&) = default;
};

/// Starts at `start`; a step leads only to later ones, so a walk ends.
struct Program {
  Target start;
  std::vector<Step> steps;
  std::vector<std::string> variants;

  friend bool operator==(const Program&, const Program&) = default;
};

/// A variant's number, an integer drawn, or neither: not in the test.
struct Outcome {
  std::optional<std::size_t> variant;
  std::optional<std::int64_t> integer;

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// What a draw gives for a unit. Precondition: n is above zero.
[[nodiscard]] double number_of(const Draw& draw, std::string_view unit);

/// Precondition: `well_formed(program)`. Ids that are not UTF-8 are hashed as bytes whatever the encoding.
[[nodiscard]] Outcome decide(const Program& program, std::string_view unit);

/// A step on the way to an outcome: its number, what was drawn, and where that led.
struct Taken {
  std::size_t step = 0;
  double drawn = 0;
  Target to;
};
[[nodiscard]] std::vector<Taken> steps_taken(const Program& program, std::string_view unit);

/// The variant as text; nothing when the unit is not in the test.
[[nodiscard]] std::optional<std::string> variant_of(const Program& program, std::string_view unit);

/// Every target exists, every step leads to later steps only, every n is above zero.
[[nodiscard]] bool well_formed(const Program& program) noexcept;

}  // namespace touchstone::assign::dialect
