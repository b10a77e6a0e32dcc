#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "service/fast/key_table.hpp"

namespace touchstone::fast {

/// The keys that one event loop has met lately, so that each is looked up by its SHA-256 once and not with every
/// request. Holds 128-bit tags under a secret of its own, never a key.
class KeyMemory {
 public:
  KeyMemory();

  /// What `table` says of `key`. What an earlier table said is forgotten.
  [[nodiscard]] std::optional<Caller> find(const std::shared_ptr<const KeyTable>& table, std::string_view key);

 private:
  using Tag = std::array<unsigned char, 16>;
  struct Known {
    Tag tag{};
    std::optional<Caller> caller;
  };

  [[nodiscard]] Tag tag_of(std::string_view key) const noexcept;

  std::array<unsigned char, 16> secret_{};
  std::array<Known, 16> known_{};
  std::shared_ptr<const KeyTable> table_;
};

}  // namespace touchstone::fast
