#include "assign/scheme.hpp"

namespace touchstone::assign {

std::optional<Scheme> scheme_named(std::string_view name, bool has_program) noexcept {
  if (name == "touchstone-1") return Scheme::touchstone_1;
  if (name == "touchstone-1k") return Scheme::touchstone_1k;
  if (name == "growthbook-2" && !has_program) return Scheme::growthbook_2;
  if (name == "external") return Scheme::external;
  return has_program ? std::optional(Scheme::dialect) : std::nullopt;
}

}  // namespace touchstone::assign
