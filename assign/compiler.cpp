#include "assign/compiler.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "assign/pointer.hpp"
#include "assign/prerequisites.hpp"
#include "assign/refusal.hpp"
#include "assign/snapshot.hpp"

namespace touchstone::assign {
namespace {

struct Claim {
  SlotRange range;
  std::string_view experiment;
};

Status check_disjoint(std::vector<Claim>& claims) {
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) { return a.range.begin < b.range.begin; });
  const auto overlap = std::adjacent_find(claims.begin(), claims.end(),
                                          [](const Claim& a, const Claim& b) { return b.range.begin < a.range.end; });
  if (overlap == claims.end()) return ok();
  const auto& [first, second] = std::pair(*overlap, *std::next(overlap));
  return Error{ErrorCode::conflict,
               "the experiments " + std::string(first.experiment) + " and " + std::string(second.experiment) +
                   " use the same slots of their layer",
               child_pointer(child_pointer("/experiments", second.experiment), "entry"),
               "give it free slots, lower its coverage or move it to another layer"};
}

}  // namespace

Compiler::Compiler(const SnapshotDocument& document, const std::optional<DrawKey>& draws)
    : document_(document),
      key_(draws),
      tables_(std::make_unique<Tables>()),
      programs_(document.segments, tables_->texts, tables_->programs,
                [this](TestOf of, std::string_view key) { return number_of(of, key); }) {}

Result<std::unique_ptr<const Tables>> Compiler::run() {
  tables_->config_version = document_.config_version;
  tables_->published_at = document_.published_at;
  tables_->environment = tables_->texts.keep(document_.environment);
  if (auto status = check_layers(); !status) return std::move(status).error();
  if (auto status = check_exclusion(); !status) return std::move(status).error();
  if (auto status = check_prerequisites(document_); !status) return std::move(status).error();
  if (auto status = programs_.add_segments(); !status) return std::move(status).error();
  if (auto status = add_holdouts(); !status) return std::move(status).error();
  if (auto status = add_experiments(); !status) return std::move(status).error();
  if (auto status = add_flags(); !status) return std::move(status).error();
  return std::unique_ptr<const Tables>(std::move(tables_));
}

Status Compiler::check_layers() const {
  for (const auto& [key, layer] : document_.layers) {
    const auto pointer = child_pointer("/layers", key);
    if (auto status = check_key(key, pointer); !status) return status;
    if (auto status = check_salt(layer.salt, child_pointer(pointer, "salt")); !status) return status;
    if (auto status = check_ranges(layer.holdout, child_pointer(pointer, "holdout")); !status) return status;
  }
  return ok();
}

/// A unit has one slot in a layer, so experiments exclude each other exactly when no two claim the same slot.
Status Compiler::check_exclusion() const {
  std::map<std::string_view, std::vector<Claim>> layers;
  for (const auto& [key, experiment] : document_.experiments)
    for (const auto& range : experiment.entry) layers[experiment.layer].push_back({range, key});
  layers.erase("");
  for (auto& [layer, claims] : layers)
    if (auto status = check_disjoint(claims); !status) return status;
  return ok();
}

Status Compiler::add_holdouts() {
  for (const auto& [key, holdout] : document_.holdouts) {
    const auto pointer = child_pointer("/holdouts", key);
    if (auto status = check_key(key, pointer); !status) return status;
    if (auto status = check_salt(holdout.salt, child_pointer(pointer, "salt")); !status) return status;
    if (auto status = check_ranges(holdout.slots, child_pointer(pointer, "slots")); !status) return status;
    tables_->holdouts.push_back({tables_->texts.keep(key), Draw(holdout.salt), keep(holdout.slots)});
  }
  return ok();
}

/// Tables are in the order of keys, so a key's place is known before the thing itself is compiled.
std::optional<std::uint32_t> Compiler::number_of(TestOf of, std::string_view key) const {
  const auto place = [key](const auto& all) {
    const auto found = all.find(key);
    return found == all.end() ? std::nullopt
                              : std::optional(static_cast<std::uint32_t>(std::distance(all.begin(), found)));
  };
  if (of == TestOf::flag) return place(document_.flags);
  return place(document_.experiments).value_or(nobody);
}

Result<Entry> Compiler::condition(const std::optional<Condition>& source, const std::string& pointer) {
  if (!source) return accept;
  return programs_.add(*source, child_pointer(pointer, "when"));
}

Result<UnitTypeId> Compiler::unit_type(const std::string& key, const std::string& pointer) {
  if (const auto found = unit_types_.find(key); found != unit_types_.end()) return found->second;
  if (auto status = check_key(key, pointer); !status) return std::move(status).error();
  if (unit_types_.size() == no_unit_type) return refusal(pointer, "too many unit types", "at most 65535");
  const auto id = static_cast<UnitTypeId>(unit_types_.size());
  tables_->unit_types.push_back(tables_->texts.keep(key));
  unit_types_.emplace(key, id);
  return id;
}

Extent Compiler::keep(const SlotRanges& ranges) {
  auto& all = tables_->ranges;
  const Extent extent{static_cast<std::uint32_t>(all.size()), static_cast<std::uint32_t>(ranges.size())};
  all.insert(all.end(), ranges.begin(), ranges.end());
  return extent;
}

Result<std::shared_ptr<const Snapshot>> Snapshot::compile(const SnapshotDocument& document,
                                                          const std::optional<DrawKey>& key) {
  auto tables = Compiler(document, key).run();
  if (!tables) return std::move(tables).error();
  return std::shared_ptr<const Snapshot>(std::make_shared<const Snapshot>(*std::move(tables)));
}

}  // namespace touchstone::assign
