#pragma once

#include <compare>
#include <optional>
#include <string_view>

namespace touchstone::assign {

/// A version number in the order of Semantic Versioning 2.0. Read generously: a leading `v`, one to eight numeric
/// parts of any length, missing ones counting as 0; `-prerelease` sorts before the release; `+build` is ignored.
/// Views the text it was read from.
struct Version {
  std::string_view core;
  std::string_view prerelease;
};

[[nodiscard]] std::optional<Version> parse_version(std::string_view text) noexcept;

[[nodiscard]] std::strong_ordering compare(const Version& a, const Version& b) noexcept;

}  // namespace touchstone::assign
