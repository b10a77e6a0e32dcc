#include "service/judge/names.hpp"

namespace touchstone::judge {

Names::Names() : texts_{{}} { numbers_.emplace(std::string_view{}, 0); }

NameNumber Names::number(std::string_view text) {
  if (text == texts_[last_]) return last_;
  if (const auto known = numbers_.find(text); known != numbers_.end()) return last_ = known->second;
  const auto next = static_cast<NameNumber>(texts_.size());
  texts_.push_back(arena_.keep(text));
  numbers_.emplace(texts_.back(), next);
  return last_ = next;
}

NameNumber Names::find(std::string_view text) const {
  const auto known = numbers_.find(text);
  return known == numbers_.end() ? 0 : known->second;
}

}  // namespace touchstone::judge
