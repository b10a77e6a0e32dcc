#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "assign/current.hpp"
#include "assign/snapshot.hpp"
#include "service/fast/key_table.hpp"

namespace touchstone::fast {

/// Everything that the fast lane knows, replaced whole whenever a key or a configuration changes.
struct View {
  std::shared_ptr<const KeyTable> keys = std::make_shared<const KeyTable>();
  std::vector<std::shared_ptr<const assign::Snapshot>> snapshots;  ///< by environment; null where there is none

  [[nodiscard]] const assign::Snapshot* snapshot(std::uint32_t environment) const noexcept {
    return environment < snapshots.size() ? snapshots[environment].get() : nullptr;
  }
};

using CurrentView = assign::Current<View>;

}  // namespace touchstone::fast
