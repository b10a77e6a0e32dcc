#include "service/judge/names.hpp"

namespace touchstone::judge {

Names::Names() { number({}); }

NameNumber Names::number(std::string_view text) {
  if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
  const auto next = static_cast<NameNumber>(texts_.size());
  texts_.push_back(arena_.keep(text));
  numbers_.emplace(texts_.back(), next);
  return next;
}

NameNumber Names::find(std::string_view text) const {
  const auto known = numbers_.find(text);
  return known == numbers_.end() ? 0 : known->second;
}

}  // namespace touchstone::judge
