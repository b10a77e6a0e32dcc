#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "assign/document.hpp"
#include "assign/result.hpp"
#include "assign/snapshot.hpp"
#include "service/app/agreements.hpp"

namespace touchstone::app {

/// Whose configuration it is.
struct Tenant {
  std::uint32_t environment = 0;
  std::string project;
  std::string key;
  assign::DrawKey draws{};  ///< of experiments under touchstone-1k
};

/// What clients need of what was agreed: running experiments, flags and layers that are not archived, segments. A rule
/// whose experiment is not running is left out, so that the next rule or the default decides. The same state gives the
/// same document, also after a restart: it is published "at" the last change.
[[nodiscard]] assign::SnapshotDocument snapshot_document(const Agreements& agreed, const Tenant& tenant);

/// An experiment that has a phase, as clients need it.
[[nodiscard]] assign::ExperimentDocument document_of(const storage::Experiment& experiment);

/// The document as clients may have it: what draws under the server's key is not in it, not even its salts, so that
/// those experiments are decided by the server alone.
[[nodiscard]] assign::SnapshotDocument for_clients(assign::SnapshotDocument document);

/// The document, compiled: also the last check of every change before it is stored. An error inside an experiment or a
/// flag points into the entity's own document.
[[nodiscard]] Result<std::shared_ptr<const assign::Snapshot>> compile(const Agreements& agreed, const Tenant& tenant);

}  // namespace touchstone::app
