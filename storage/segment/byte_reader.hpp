#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace touchstone::storage::segment {

/// Reads bytes that may be damaged. Whatever does not fit makes it fail, for good: from then on it gives zeros.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  template <class T>
  T fixed() {
    if (left() < sizeof(T)) return fail<T>();
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(at_[i])) << (8U * i);
    }
    at_ += sizeof(T);
    return static_cast<T>(value);
  }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && at_ < end_; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return shift == 63 && byte > 1 ? fail<std::uint64_t>() : value;
    }
    return fail<std::uint64_t>();
  }

  std::int64_t delta(std::int64_t& before) {
    const std::uint64_t zigzag = varint();
    const std::uint64_t step = (zigzag >> 1U) ^ (0 - (zigzag & 1U));
    before = static_cast<std::int64_t>(static_cast<std::uint64_t>(before) + step);
    return before;
  }

  std::string_view text(std::uint64_t size) {
    if (size > left()) return fail<std::string_view>();
    const std::string_view bytes(at_, static_cast<std::size_t>(size));
    at_ += bytes.size();
    return bytes;
  }

  [[nodiscard]] std::size_t left() const noexcept { return static_cast<std::size_t>(end_ - at_); }
  [[nodiscard]] bool failed() const noexcept { return failed_; }
  /// All was read and all was well.
  [[nodiscard]] bool finished() const noexcept { return !failed_ && at_ == end_; }

 private:
  template <class T>
  T fail() {
    failed_ = true;
    at_ = end_;
    return {};
  }

  const char* at_;
  const char* end_;
  bool failed_ = false;
};

}  // namespace touchstone::storage::segment
