#pragma once

#include <optional>
#include <string>
#include <utility>

#include "service/judge/report.hpp"

namespace touchstone::judge {

/// A check with what is compared, fine as yet.
[[nodiscard]] inline Check measured(std::string code, std::optional<double> value, std::optional<double> limit) {
  Check check;
  check.code = std::move(code);
  check.value = value;
  check.limit = limit;
  return check;
}

[[nodiscard]] inline CheckLevel level(bool block, bool warn) noexcept {
  if (block) return CheckLevel::block;
  return warn ? CheckLevel::warn : CheckLevel::ok;
}

}  // namespace touchstone::judge
