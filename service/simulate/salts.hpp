#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace touchstone::simulate {

/// Salts of 23 characters that follow from a seed: a shop with them gives the same variants whenever it is played.
[[nodiscard]] std::function<std::string()> seeded_salts(std::uint64_t seed);

}  // namespace touchstone::simulate
