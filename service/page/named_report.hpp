#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "service/judge/interactions.hpp"
#include "service/judge/over_time.hpp"
#include "service/judge/report.hpp"
#include "service/judge/staying.hpp"

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

[[nodiscard]] std::vector<judge::Staying> with_names(std::vector<judge::Staying> told, const Names& names);

/// What people call another experiment, and its variants.
struct OtherNames {
  std::string name;
  Names::ByKey variants;
};
/// `others`: by key of the experiment; those that are missing keep their keys.
[[nodiscard]] judge::Interactions with_names(judge::Interactions found, const Names& names,
                                             const std::map<std::string, OtherNames, std::less<>>& others);

/// The stages of metrics by what stands for their keys.
[[nodiscard]] Stages stages_with_names(const Names& names);

}  // namespace touchstone::page
