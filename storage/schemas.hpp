#pragma once

namespace touchstone::storage {

/// The newest schemas that this program writes.
[[nodiscard]] int catalogue_schema() noexcept;
[[nodiscard]] int journal_schema() noexcept;

}  // namespace touchstone::storage
