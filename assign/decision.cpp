#include "assign/decision.hpp"

#include <array>
#include <cstddef>

namespace touchstone::assign {
namespace {

constexpr std::array<std::string_view, 6> reasons = {"STATIC", "DEFAULT",  "TARGETING_MATCH",
                                                     "SPLIT",  "DISABLED", "ERROR"};
constexpr std::array<std::string_view, 16> causes = {
    "no_rule",    "rule",           "rollout",      "assigned", "sticky",        "overridden", "disabled",
    "condition",  "not_in_rollout", "unit_missing", "external", "not_enrolling", "held_out",   "not_in_experiment",
    "no_variant", "unknown"};
constexpr std::array<std::string_view, 3> problems = {"", "FLAG_NOT_FOUND", "TARGETING_KEY_MISSING"};

}  // namespace

std::string_view name_of(Reason reason) noexcept { return reasons[static_cast<std::size_t>(reason)]; }
std::string_view name_of(Cause cause) noexcept { return causes[static_cast<std::size_t>(cause)]; }
std::string_view name_of(Problem problem) noexcept { return problems[static_cast<std::size_t>(problem)]; }

}  // namespace touchstone::assign
