#include "service/judge/names.hpp"

#include <cstring>

namespace touchstone::judge {
namespace {

using TextSize = std::uint32_t;

/// Below 64. Texts that differ may meet.
std::size_t place_of(std::string_view text) noexcept {
  if (text.empty()) return 0;
  const std::size_t first = static_cast<unsigned char>(text.front());
  const std::size_t last = static_cast<unsigned char>(text.back());
  return (text.size() + 5 * first + 17 * last) % 64;
}

}  // namespace

std::string_view KeptText::text() const noexcept {
  if (at_ == nullptr) return {};
  TextSize size = 0;
  std::memcpy(&size, at_, sizeof size);
  return {at_ + sizeof size, size};
}

Names::Names() : texts_{{}} { numbers_.emplace(std::string_view{}, 0); }

NameNumber Names::number(std::string_view text) {
  NameNumber& recent = recent_[place_of(text)];
  if (texts_[recent] == text) return recent;
  if (const auto known = numbers_.find(text); known != numbers_.end()) return recent = known->second;
  const auto next = static_cast<NameNumber>(texts_.size());
  texts_.push_back(arena_.keep(text));
  numbers_.emplace(texts_.back(), next);
  return recent = next;
}

KeptText Names::keep(std::string_view text) {
  if (text.empty()) return {};
  const auto size = static_cast<TextSize>(text.size());
  scratch_.assign(reinterpret_cast<const char*>(&size), sizeof size).append(text);
  return KeptText(arena_.keep(scratch_).data());
}

NameNumber Names::find(std::string_view text) const {
  const auto known = numbers_.find(text);
  return known == numbers_.end() ? 0 : known->second;
}

}  // namespace touchstone::judge
