#pragma once

#include <functional>
#include <map>
#include <string>

#include "service/judge/over_time.hpp"
#include "service/judge/report.hpp"

namespace touchstone::page {

/// Stage of a customer's way by metric.
using Stages = std::map<std::string, storage::JourneyStage, std::less<>>;

/// What people call the things of an experiment: name by key.
struct Names {
  using ByKey = std::map<std::string, std::string, std::less<>>;
  ByKey metrics;
  ByKey variants;
  Stages stages{};
};

/// What stands for a key where people read: its name, or the key where it has none, and where the name is another one's
/// name or key.
[[nodiscard]] std::string name_for(const std::string& key, const Names::ByKey& names);

/// The report, and how it came about, as people read it, with names in the place of keys; for words and drawings, not
/// for documents.
[[nodiscard]] judge::Report with_names(judge::Report report, const Names& names);

[[nodiscard]] judge::OverTime with_names(judge::OverTime told, const Names& names);

/// The stages of metrics by what stands for their keys.
[[nodiscard]] Stages stages_with_names(const Names& names);

}  // namespace touchstone::page
