#include "assign/scheme.hpp"

namespace touchstone::assign {
namespace {

constexpr std::string_view touchstone_1_name = "touchstone-1";
constexpr std::string_view external_name = "external";

}  // namespace

std::string_view name_of(Scheme scheme) noexcept {
  return scheme == Scheme::touchstone_1 ? touchstone_1_name : external_name;
}

std::optional<Scheme> scheme_named(std::string_view name) noexcept {
  if (name == touchstone_1_name) return Scheme::touchstone_1;
  if (name == external_name) return Scheme::external;
  return std::nullopt;
}

}  // namespace touchstone::assign
