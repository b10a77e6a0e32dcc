#pragma once

#include <cstdint>
#include <string>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "storage/erasure.hpp"

namespace touchstone::app {

/// Forgets a unit: what it did and met leaves journal, quarantine and live view, every link that names it goes too, and
/// what comes of it later is refused until the erasure is lifted. Units that were the same person by a link stay, each
/// by itself, unless `linked_too`; once the links are gone nobody can tell who they were. Gives the certificate, also
/// of an erasure that is in force already. Errors: invalid for what is no unit; unavailable, and then it is ordered and
/// may be asked for again: that, or the next start, finishes it.
[[nodiscard]] Result<std::string> erase_unit(Service& service, std::uint32_t environment, const storage::UnitName& unit,
                                             bool linked_too, const storage::Actor& by);

/// As things stand now. Errors: not_found where no erasure of the unit is in force; invalid, unavailable.
[[nodiscard]] Result<std::string> erasure_certificate(Service& service, std::uint32_t environment,
                                                      const storage::UnitName& unit);

/// What comes of the unit is taken again; nothing comes back. Errors: as above.
[[nodiscard]] Status lift_erasure(Service& service, std::uint32_t environment, const storage::UnitName& unit,
                                  const storage::Actor& by);

}  // namespace touchstone::app
