#pragma once

#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "assign/document.hpp"
#include "assign/snapshot.hpp"
#include "assign/subject.hpp"
#include "tests/assign/salts.hpp"

namespace touchstone::tests {

/// An experiment with two equal variants on the whole of its layer, and its parts to change.
inline assign::ExperimentDocument two_variants(std::string layer, std::uint64_t seed) {
  assign::ExperimentDocument experiment;
  experiment.layer = std::move(layer);
  experiment.salt = salt(seed);
  experiment.entry = {{0, assign::slot_count}};
  experiment.slots = {{0, 500'000, 0}, {500'000, assign::slot_count, 1}};
  experiment.variants = {{"control", {}}, {"treatment", {}}};
  return experiment;
}

/// A boolean flag that follows an experiment.
inline assign::FlagDocument flag_of(std::string experiment) {
  return {assign::ValueType::boolean, "false", "false", true, {{{}, assign::RunDocument{std::move(experiment)}}}};
}

/// One layer `main`, one experiment `e`, one flag `f` that is true for its treatment.
inline assign::SnapshotDocument one_experiment() {
  assign::SnapshotDocument document;
  document.layers["main"] = {salt(1), {}};
  document.experiments["e"] = two_variants("main", 2);
  document.experiments["e"].variants[1].values["f"] = "true";
  document.flags["f"] = flag_of("e");
  return document;
}

inline std::shared_ptr<const assign::Snapshot> compiled(const assign::SnapshotDocument& document) {
  auto snapshot = assign::Snapshot::compile(document);
  if (!snapshot) throw std::runtime_error(snapshot.error().pointer + ": " + snapshot.error().message);
  return *snapshot;
}

/// A subject with one user id, and whatever else is set afterwards.
struct User {
  explicit User(std::string_view id) : unit{"user", id} {}

  [[nodiscard]] assign::Subject view() const { return {{&unit, 1}, attributes, sticky}; }

  assign::Unit unit;
  assign::Attributes attributes;
  std::span<const assign::Sticky> sticky;
};

}  // namespace touchstone::tests
