#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "assign/current.hpp"
#include "assign/snapshot.hpp"
#include "service/fast/asked.hpp"
#include "service/fast/kept_table.hpp"
#include "service/fast/key_table.hpp"
#include "service/fast/signed_text.hpp"

namespace touchstone::fast {

/// Everything that the fast lane knows, replaced whole whenever a key or a configuration changes.
struct View {
  std::shared_ptr<const KeyTable> keys = std::make_shared<const KeyTable>();
  std::vector<std::shared_ptr<const assign::Snapshot>> snapshots;  ///< by environment; null where there is none
  std::vector<std::shared_ptr<const Asked>> asked;                 ///< one with each snapshot

  std::vector<std::shared_ptr<const KeptTable>> kept;  ///< by environment: what units keep

  SigningKey preview_key{};
  SigningKey stream_key{};  ///< of tokens that open streams: stream_token.hpp

  /// The next snapshot of an environment. How its flags were asked for is carried over.
  void put(std::uint32_t environment, std::shared_ptr<const assign::Snapshot> snapshot);

  [[nodiscard]] const assign::Snapshot* snapshot(std::uint32_t environment) const noexcept {
    return environment < snapshots.size() ? snapshots[environment].get() : nullptr;
  }
  /// There where a snapshot is.
  [[nodiscard]] const Asked* ways_asked(std::uint32_t environment) const noexcept {
    return environment < asked.size() ? asked[environment].get() : nullptr;
  }
  [[nodiscard]] const KeptTable* memory(std::uint32_t environment) const noexcept {
    return environment < kept.size() ? kept[environment].get() : nullptr;
  }
};

using CurrentView = assign::Current<View>;

}  // namespace touchstone::fast
