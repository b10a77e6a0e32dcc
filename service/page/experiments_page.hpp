#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// One line of the list. `report` outlives the call; nullptr where none could be made.
struct ListedExperiment {
  std::string key;
  std::string name;
  std::string state;
  const judge::Report* report = nullptr;
};

/// All experiments with their verdicts, as a complete HTML document; each links to /experiments/{key}.
[[nodiscard]] std::string experiments_page(std::span<const ListedExperiment> experiments);

/// Says how a browser is let in: answers whoever is not.
[[nodiscard]] std::string locked_page();

}  // namespace touchstone::page
