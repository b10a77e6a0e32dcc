#pragma once

#include <functional>
#include <map>
#include <string>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// What people call the things of an experiment: name by key.
struct Names {
  using ByKey = std::map<std::string, std::string, std::less<>>;
  ByKey metrics;
  ByKey variants;
};

/// The report as people read it, with names in the place of keys; for words and drawings, not for documents. A key
/// stays where there is no name, and where the name is another one's name or key.
[[nodiscard]] judge::Report with_names(judge::Report report, const Names& names);

}  // namespace touchstone::page
