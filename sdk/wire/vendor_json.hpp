#pragma once

#include <span>
#include <string_view>

#include "assign/dialect/program.hpp"
#include "assign/result.hpp"

namespace touchstone::wire {

/// An experiment of another vendor, as its own configuration describes it, becomes a dialect program that assigns the
/// same variants to the same units. `algorithm` and `encoding` name the vendor's version and what its SDK hashes; both
/// may be empty, which means the vendor's own default. Refuses unknown vendors and configurations it cannot reproduce.
[[nodiscard]] Result<assign::dialect::Program> read_vendor_experiment(std::string_view vendor,
                                                                      std::string_view algorithm,
                                                                      std::string_view encoding, std::string_view json);

/// Names of the vendors that can be read.
[[nodiscard]] std::span<const std::string_view> vendors();

}  // namespace touchstone::wire
