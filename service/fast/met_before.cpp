#include "service/fast/met_before.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include <sodium.h>

namespace touchstone::fast {

namespace {

/// Bytes that are the same for two exposures only where they are the same exposure: numbers, then lengths and texts.
class Canonical {
 public:
  void number(std::uint32_t value) noexcept { append(&value, sizeof value); }
  void text(std::string_view value) noexcept {
    number(static_cast<std::uint32_t>(value.size()));
    append(value.data(), value.size());
  }
  [[nodiscard]] const unsigned char* data() const noexcept { return bytes_.data(); }
  [[nodiscard]] std::size_t size() const noexcept { return used_; }

 private:
  void append(const void* from, std::size_t size) noexcept {
    if (size > bytes_.size() - used_) size = bytes_.size() - used_;
    if (size == 0) return;
    std::memcpy(bytes_.data() + used_, from, size);
    used_ += size;
  }

  std::array<unsigned char, 704> bytes_;
  std::size_t used_ = 0;
};

}  // namespace

MetBefore::MetBefore(std::size_t size) : lines_(size / Line{}.met.size()) {
  static_assert(sizeof secret_ == crypto_shorthash_KEYBYTES);
  crypto_shorthash_keygen(secret_.data());
}

MetBefore::Fingerprint MetBefore::fingerprint(const RecordedExposure& exposure) const noexcept {
  Canonical bytes;
  bytes.number(exposure.environment);
  bytes.text(exposure.experiment);
  bytes.text(exposure.variant);
  bytes.text(exposure.unit.type);
  bytes.text(exposure.unit.id);
  Fingerprint result = 0;
  static_assert(sizeof result == crypto_shorthash_BYTES);
  crypto_shorthash(reinterpret_cast<unsigned char*>(&result), bytes.data(), bytes.size(), secret_.data());
  return result | 1U;
}

bool MetBefore::contains(Fingerprint met) const noexcept {
  const auto& known = lines_[line(met)].met;
  return std::ranges::find(known, met) != known.end();
}

void MetBefore::remember(Fingerprint met) noexcept {
  auto& known = lines_[line(met)].met;
  std::copy_backward(known.begin(), known.end() - 1, known.end());
  known.front() = met;
}

}  // namespace touchstone::fast
