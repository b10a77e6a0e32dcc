#include "sdk/wire/correlation.hpp"

#include <algorithm>

namespace touchstone::wire {
namespace {

constexpr std::string_view growthbook_1 =
    "uses GrowthBook's first hash, in which 53 to 57 % of all pairs of experiments correlate (phi up to 0.89): read "
    "its "
    "results beside others with care, and give the next experiment the scheme touchstone-1";
constexpr std::string_view go_feature_flag =
    "uses GO Feature Flag's hash, in which 30 to 33 % of all pairs of experiments correlate where ids are counters "
    "(phi "
    "up to 0.60), and up to 60 % of the splits are not even: give the next experiment the scheme touchstone-1";
constexpr std::string_view harness =
    "uses Harness's draw, which does not know the experiment: all pairs of experiments correlate (phi 1.000), so that "
    "everyone has the same place in each. Give the next experiment the scheme touchstone-1";

bool hashes_once(const assign::dialect::Program& program) {
  return std::any_of(program.steps.begin(), program.steps.end(), [](const assign::dialect::Step& step) {
    return step.draw.hash == assign::dialect::Hash::fnv1a32;
  });
}

}  // namespace

std::optional<std::string_view> correlation_of(std::string_view vendor, const assign::dialect::Program& program) {
  if (vendor == "growthbook" && hashes_once(program)) return growthbook_1;
  if (vendor == "go-feature-flag" && hashes_once(program)) return go_feature_flag;
  if (vendor == "harness" && !program.steps.empty()) return harness;
  return std::nullopt;
}

}  // namespace touchstone::wire
