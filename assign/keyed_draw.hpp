#pragma once

#include <array>
#include <string>
#include <string_view>

#include "assign/slots.hpp"

namespace touchstone::assign {

/// What only the server knows: who has it can tell, and choose, who gets which variant.
using DrawKey = std::array<unsigned char, 16>;

/// The draw of touchstone-1k: SipHash-2-4 under the server's key over `salt 0x1F id`, its upper 32 bits as a slot. For
/// experiments that people have a reason to game.
class KeyedDraw {
 public:
  KeyedDraw(const DrawKey& key, std::string_view salt);

  /// Precondition: a valid unit id.
  [[nodiscard]] Slot operator()(std::string_view id) const noexcept;

 private:
  DrawKey key_;
  std::string prefix_;
};

}  // namespace touchstone::assign
