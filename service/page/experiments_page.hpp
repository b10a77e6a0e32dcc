#pragma once

#include <memory>
#include <span>
#include <string>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// One line of the list. No report where none could be made.
struct ListedExperiment {
  std::string key;
  std::string name;
  std::string state;
  std::shared_ptr<const judge::Report> report;
};

/// All experiments with their verdicts, as a complete HTML document; each links to /experiments/{key}. To an
/// `editor` it offers a new one.
[[nodiscard]] std::string experiments_page(std::span<const ListedExperiment> experiments, bool editor);

}  // namespace touchstone::page
