#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace touchstone::stats::reference {

/// How far a figure may be from its reference: relative * |expected| + absolute.
struct Tolerance {
  double relative = 0;
  double absolute = 0;
};

/// The tolerance that a table's header, its notes and the row state for one field.
[[nodiscard]] Tolerance tolerance(const nlohmann::json& header, const nlohmann::json& row, const std::string& field);

/// One line for each expected figure that `actual` misses or does not hold at all.
[[nodiscard]] std::vector<std::string> differences(const nlohmann::json& header, const nlohmann::json& row,
                                                   const nlohmann::json& actual);

}  // namespace touchstone::stats::reference
