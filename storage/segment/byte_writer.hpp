#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace touchstone::storage::segment {

/// Appends to a byte string, little-endian.
class ByteWriter {
 public:
  template <class T>
  void fixed(T value) {
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i, rest >>= 8U) bytes_.push_back(static_cast<char>(rest & 0xFFU));
  }

  void varint(std::uint64_t value) {
    if (value < 0x80) return bytes_.push_back(static_cast<char>(value));
    char text[10];
    std::size_t size = 0;
    for (; value >= 0x80; value >>= 7U) text[size++] = static_cast<char>((value & 0x7FU) | 0x80U);
    text[size++] = static_cast<char>(value);
    bytes_.append(text, size);
  }

  /// `value` as its difference to `before`, which it replaces. Differences wrap, so any two numbers have one.
  void delta(std::int64_t value, std::int64_t& before) {
    const auto step = static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(before);
    varint((step << 1U) ^ (0 - (step >> 63U)));
    before = value;
  }

  void text(std::string_view bytes) { bytes_.append(bytes); }

  [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }
  [[nodiscard]] std::string take() { return std::move(bytes_); }
  [[nodiscard]] std::string_view view() const noexcept { return bytes_; }
  void reserve(std::size_t size) { bytes_.reserve(size); }

 private:
  std::string bytes_;
};

}  // namespace touchstone::storage::segment
