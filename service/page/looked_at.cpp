#include "service/page/looked_at.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "service/judge/analyse.hpp"

namespace touchstone::page {
namespace {

/// Checks that count something: without units they count nothing, and say 0.
constexpr std::array<std::string_view, 6> kCounts{"crossover", "contradictions", "repeated_exposures",
                                                  "gap",       "range",          "guardrails"};
/// Why there is no figure, in words of their own.
constexpr std::array<std::string_view, 3> kReasons{"names_variant", "too_many_values", "no_horizon"};

/// A smaller group has no outliers.
bool has_large_group(const judge::Report& report) {
  return std::ranges::any_of(report.counts.variants, [](const judge::VariantCount& variant) {
    return variant.analysed >= static_cast<std::uint64_t>(judge::kOutlierUnits);
  });
}

}  // namespace

bool looked_at(const judge::Check& check, const judge::Report& report) {
  if (check.level != judge::CheckLevel::ok || std::ranges::find(kReasons, check.status) != kReasons.end()) return true;
  if (check.code == "outlier") return has_large_group(report);
  if (std::ranges::find(kCounts, check.code) != kCounts.end()) return report.counts.units > 0;
  return check.value.has_value();
}

}  // namespace touchstone::page
