#pragma once

#include "assign/result.hpp"
#include "service/app/revision.hpp"

/// Flags, layers, metrics and segments: creating and changing them, with what they name checked. The `changed` value is
/// a copy of the current one with other content. Errors point into the thing's own document.
namespace touchstone::app {

/// Rollouts get the salts that they lack.
[[nodiscard]] Status add_flag(Revision& revision, storage::Flag flag);
[[nodiscard]] Status change_flag(Revision& revision, storage::Flag flag);

/// The layer's salt is made here and never changes. A holdout may not take slots that a running experiment holds.
[[nodiscard]] Status add_layer(Revision& revision, storage::Layer layer);
[[nodiscard]] Status change_layer(Revision& revision, storage::Layer layer);

/// A change makes a new version; plans that are frozen keep theirs.
[[nodiscard]] Status add_metric(Revision& revision, storage::Metric metric);
[[nodiscard]] Status change_metric(Revision& revision, storage::Metric metric);

/// All segments together must make sense: operands, names, no circles.
[[nodiscard]] Status add_segment(Revision& revision, storage::SegmentRule segment);
[[nodiscard]] Status change_segment(Revision& revision, storage::SegmentRule segment);

}  // namespace touchstone::app
