#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace touchstone::judge {

/// A sequence that only grows. Items stay where they are, growing never copies, and an index costs one look at a short
/// table that stays in cache (std::deque's blocks of 512 bytes make that table a second miss).
template <class Item>
class Blocks {
 public:
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] const Item& operator[](std::size_t at) const { return (*blocks_[at / kBlock])[at % kBlock]; }
  void push_back(const Item& item) {
    if (size_ % kBlock == 0) blocks_.push_back(std::make_unique<std::array<Item, kBlock>>());
    (*blocks_.back())[size_++ % kBlock] = item;
  }

 private:
  static constexpr std::size_t kBlock = 4096;
  std::vector<std::unique_ptr<std::array<Item, kBlock>>> blocks_;
  std::size_t size_ = 0;
};

}  // namespace touchstone::judge
