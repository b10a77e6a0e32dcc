#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "assign/decision.hpp"
#include "assign/snapshot.hpp"

namespace touchstone::sdk {

/// The value that a flag gave, if the flag is of that type; `number` takes integers too. Texts view the snapshot.
[[nodiscard]] std::optional<bool> boolean_in(const assign::Snapshot& snapshot, const assign::Decision& decision);
[[nodiscard]] std::optional<std::int64_t> integer_in(const assign::Snapshot& snapshot,
                                                     const assign::Decision& decision);
[[nodiscard]] std::optional<double> number_in(const assign::Snapshot& snapshot, const assign::Decision& decision);
[[nodiscard]] std::optional<std::string_view> text_in(const assign::Snapshot& snapshot,
                                                      const assign::Decision& decision);

}  // namespace touchstone::sdk
