#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "assign/murmur3.hpp"
#include "assign/slots.hpp"

namespace touchstone::assign {

/// The native draw, touchstone-1: MurmurHash3 x86 32 over `salt 0x1F id`, as a slot. Two draws under different salts
/// are independent; each question (entry, variant, holdout, rollout) has a salt of its own.
class Draw {
 public:
  Draw() noexcept = default;
  explicit Draw(std::string_view salt) : prefix_(std::string(salt) + separator) {}

  [[nodiscard]] Slot operator()(std::string_view id) const noexcept { return slot_of(prefix_(id)); }

  /// Two draws for one id, in less than the time of both.
  [[nodiscard]] friend std::pair<Slot, Slot> draw_both(const Draw& a, const Draw& b, std::string_view id) noexcept {
    const auto [first, second] = Murmur3Prefix::both(a.prefix_, b.prefix_, id);
    return {slot_of(first), slot_of(second)};
  }

 private:
  static constexpr char separator = '\x1F';

  Murmur3Prefix prefix_;
};

}  // namespace touchstone::assign
