#pragma once

#include <string>

#include "assign/explain.hpp"

namespace touchstone::codec {

/// `{"flag","value","variant","experiment","reason","cause","config_version","missing":[...],"rules":[...]}`. A rule is
/// `{"rule","cause","conditions","unit"?,"met"?,"experiment"?,"layer"?,"phase"?,"draws","steps"?}` with its number
/// counted from 0; a condition `{"attribute"|"flag"|"variant"|"segment","operator","value","held","inside"?}`, value
/// null where there is none; `met`, what the unit met in an experiment that keeps it,
/// `{"unit","belongs","variant","outcome": kept|blocked|condition}`; a draw `{"for","under","slot","range"}`, range
/// null where none holds the slot.
[[nodiscard]] std::string write_explanation(const assign::Explanation& explanation);

}  // namespace touchstone::codec
