#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace touchstone::assign {

/// Finds a text among many by hash: open addressing, at most half full, eight bytes a place. Built once.
class KeyIndex {
 public:
  KeyIndex() = default;

  /// `keys` must outlive the index, stay in place and be distinct.
  explicit KeyIndex(std::span<const std::string_view> keys);

  /// The place of `key` in `keys`.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view key) const noexcept;

 private:
  struct Place {
    std::uint32_t hash = 0;
    std::uint32_t number = 0;  ///< place in keys_ plus one; 0 = free
  };

  std::span<const std::string_view> keys_;
  std::vector<Place> places_;
};

}  // namespace touchstone::assign
