#include "service/judge/dimensions.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "storage/attribute.hpp"

namespace touchstone::judge {
namespace {

using Values = std::map<std::string_view, SliceCounts::Row>;

bool scalar(std::string_view value) { return !value.empty() && value.front() != '{' && value.front() != '['; }

void add(SliceCounts::Row& to, const SliceCounts::Row& units, std::int64_t times) {
  to.resize(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) to[i] += times * units[i];
}

std::map<std::string_view, Values> by_attribute(const SliceCounts& counts, const Names& names) {
  std::map<std::string_view, Values> found;
  for (const auto& [mix, units] : counts.rows())
    for (const auto& [name, value] : storage::attributes(names.text(mix)))
      if (scalar(value)) add(found[name][value], units, +1);
  return found;
}

SliceCounts::Row all_units(const SliceCounts& counts) {
  SliceCounts::Row all;
  for (const auto& [mix, units] : counts.rows()) add(all, units, +1);
  return all;
}

/// With those who carried none, where there are any.
Dimension dimension(std::string_view attribute, const Values& values, SliceCounts::Row without) {
  Dimension made{std::string(attribute), {}};
  for (const auto& [text, units] : values) add(without, units, -1);
  if (std::ranges::any_of(without, [](std::int64_t units) { return units > 0; }))
    made.values.push_back({"", std::move(without)});
  for (const auto& [text, units] : values) made.values.push_back({std::string(text), units});
  return made;
}

}  // namespace

Dimensions dimensions(const SliceCounts& counts, const Names& names) {
  Dimensions found;
  found.too_many = counts.rows().size() > kMostMixes;
  if (found.too_many) return found;
  const SliceCounts::Row all = all_units(counts);
  for (const auto& [attribute, values] : by_attribute(counts, names)) {
    if (values.size() > kMostValues) continue;
    Dimension made = dimension(attribute, values, all);
    if (made.values.size() > 1) found.known.push_back(std::move(made));
  }
  return found;
}

}  // namespace touchstone::judge
