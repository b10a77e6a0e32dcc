#pragma once

#include <cstdint>
#include <optional>

#include "assign/result.hpp"
#include "service/app/agreements.hpp"
#include "storage/catalogue.hpp"

namespace touchstone::app {

/// What was agreed in an environment, read from its stored documents: as it is, as it was at an instant, or under a
/// version of its configuration. Errors: unavailable; internal, naming the document that cannot be read.
[[nodiscard]] Result<Agreements> load_agreements(const storage::Catalogue& catalogue, std::uint32_t environment,
                                                 std::optional<Time> as_of = std::nullopt);
[[nodiscard]] Result<Agreements> load_agreements_under(const storage::Catalogue& catalogue, std::uint32_t environment,
                                                       std::uint64_t config_version);

/// The seq of the last change that a version of the configuration has in it; 0 = none.
[[nodiscard]] constexpr std::uint64_t last_change_of(std::uint64_t config_version) noexcept {
  return config_version & 0xFFFF'FFFFU;
}

}  // namespace touchstone::app
