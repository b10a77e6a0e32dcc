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
};

/// What clients need of what was agreed: running experiments, flags and layers that are not archived, segments. A rule
/// whose experiment is not running is left out, so that the next rule or the default decides. The same state gives the
/// same document, also after a restart: it is published "at" the last change.
[[nodiscard]] assign::SnapshotDocument snapshot_document(const Agreements& agreed, const Tenant& tenant);

/// The document, compiled: also the last check of every change before it is stored. An error inside an experiment or a
/// flag points into the entity's own document.
[[nodiscard]] Result<std::shared_ptr<const assign::Snapshot>> compile(const Agreements& agreed, const Tenant& tenant);

}  // namespace touchstone::app
