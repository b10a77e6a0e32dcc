#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "assign/current.hpp"
#include "assign/snapshot.hpp"
#include "service/fast/kept_table.hpp"
#include "service/fast/key_table.hpp"
#include "service/fast/signed_text.hpp"

namespace touchstone::fast {

/// Everything that the fast lane knows, replaced whole whenever a key or a configuration changes.
struct View {
  std::shared_ptr<const KeyTable> keys = std::make_shared<const KeyTable>();
  std::vector<std::shared_ptr<const assign::Snapshot>> snapshots;  ///< by environment; null where there is none

  std::vector<std::shared_ptr<const KeptTable>> kept;  ///< likewise: what units keep

  SigningKey preview_key{};
  SigningKey stream_key{};  ///< of tokens that open streams: stream_token.hpp

  [[nodiscard]] const assign::Snapshot* snapshot(std::uint32_t environment) const noexcept {
    return environment < snapshots.size() ? snapshots[environment].get() : nullptr;
  }
  [[nodiscard]] const KeptTable* memory(std::uint32_t environment) const noexcept {
    return environment < kept.size() ? kept[environment].get() : nullptr;
  }
};

using CurrentView = assign::Current<View>;

}  // namespace touchstone::fast
