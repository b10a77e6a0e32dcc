#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace touchstone::storage {

/// Owns the bytes that string_views point into. Blocks never move, so moving the arena keeps every view valid.
/// Not thread-safe.
class TextArena {
 public:
  /// Copies `text`; the returned view lives as long as the arena.
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    char* to = room(text.size());
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }

 private:
  char* room(std::size_t size) {
    if (size > left_) {
      left_ = size > kBlock ? size : kBlock;
      blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
      next_ = blocks_.back().get();
    }
    char* at = next_;
    next_ += size;
    left_ -= size;
    return at;
  }

  static constexpr std::size_t kBlock = std::size_t{64} * 1024;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace touchstone::storage
