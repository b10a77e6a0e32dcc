#pragma once

#include <string>

#include "storage/metric.hpp"

namespace touchstone::judge {

/// What a metric measures, for people: in words, and as a formula over the units of an arm.
struct Definition {
  std::string words;
  std::string formula;
};

/// Empty for the kinds whose name says it all: proportion, count, sum and mean without filter and cap.
[[nodiscard]] Definition definition(const storage::Metric& metric);

}  // namespace touchstone::judge
