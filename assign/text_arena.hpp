#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace touchstone::assign {

/// Keeps copies of texts at fixed addresses, many to an allocation, for as long as it lives: moving the arena keeps
/// every view valid. Not thread-safe.
class TextArena {
 public:
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > left_) grow(text.size());
    char* const at = next_;
    std::ranges::copy(text, at);
    next_ += text.size();
    left_ -= text.size();
    return {at, text.size()};
  }

 private:
  static constexpr std::size_t chunk_size = 64U << 10U;

  void grow(std::size_t needed) {
    const std::size_t size = std::max(chunk_size, needed);
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    next_ = chunks_.back().get();
    left_ = size;
  }

  std::vector<std::unique_ptr<char[]>> chunks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace touchstone::assign
