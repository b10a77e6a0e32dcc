#include "assign/unit.hpp"

#include "assign/utf8.hpp"

namespace touchstone::assign {
namespace {

bool plain(char c) { return c >= 0x20 && c < 0x7F; }

bool control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

}  // namespace

bool valid_unit_id(std::string_view id) noexcept {
  if (id.empty() || id.size() > longest_unit_id) return false;
  while (!id.empty()) {
    if (plain(id.front())) {
      id.remove_prefix(1);
      continue;
    }
    const auto c = next_code_point(id);
    if (!c || control(*c)) return false;
  }
  return true;
}

}  // namespace touchstone::assign
