#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "assign/document.hpp"
#include "assign/result.hpp"

namespace touchstone::wire {

inline constexpr int snapshot_format = 1;
inline constexpr std::size_t largest_snapshot = 256U << 20U;  ///< bytes
inline constexpr std::size_t deepest_snapshot = 64;           ///< objects and arrays inside each other

/// Reads a snapshot document. Unknown members are ignored, an unknown `format` is refused, and so are duplicate
/// members, text that is not UTF-8 and what exceeds the limits above. Only the shape is checked: Snapshot::compile
/// checks the meaning.
[[nodiscard]] Result<assign::SnapshotDocument> read_snapshot(std::string_view json);

/// Members sorted by byte, no white space, numbers in shortest form: equal documents give equal bytes, which can be
/// signed. Optional members (`dialect`, `fallback`, `layer`, `overrides`, `salt`,
/// `source_key`, `sticky`, `when`) are left out at their default.
[[nodiscard]] std::string write_snapshot(const assign::SnapshotDocument& document);

}  // namespace touchstone::wire
