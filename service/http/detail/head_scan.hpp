#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

namespace touchstone::http {

/// Looks for the empty line that ends a request's head, in bytes that grow between calls. Each byte is looked at once.
class HeadScan {
 public:
  enum class Found : unsigned char { nothing, end, bare_newline };

  Found look(std::string_view bytes) noexcept {
    while (const auto* newline = find_newline(bytes)) {
      const auto at = static_cast<std::size_t>(newline - bytes.data());
      if (at == 0 || bytes[at - 1] != '\r') return Found::bare_newline;
      const bool empty_line = at == line_ + 1;
      line_ = next_ = at + 1;
      if (empty_line) return Found::end;
    }
    next_ = bytes.size();
    return Found::nothing;
  }

  /// Bytes through the empty line, once found.
  [[nodiscard]] std::size_t end() const noexcept { return line_; }
  /// Whether the first line is complete.
  [[nodiscard]] bool past_first_line() const noexcept { return line_ > 0; }

 private:
  const char* find_newline(std::string_view bytes) const noexcept {
    if (next_ >= bytes.size()) return nullptr;
    return static_cast<const char*>(std::memchr(bytes.data() + next_, '\n', bytes.size() - next_));
  }

  std::size_t next_ = 0;
  std::size_t line_ = 0;  // where the current line starts
};

}  // namespace touchstone::http
