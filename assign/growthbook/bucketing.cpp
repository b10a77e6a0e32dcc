#include "assign/growthbook/bucketing.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace touchstone::assign::growthbook {

std::optional<dialect::Draw> draw_of(std::int64_t version, const std::string& seed, dialect::Encoding encoding) {
  if (version != 1 && version != 2) return std::nullopt;
  dialect::Draw draw;
  draw.encoding = encoding;
  draw.hash = version == 1 ? dialect::Hash::fnv1a32 : dialect::Hash::fnv1a32_twice;
  draw.n = version == 1 ? 1'000 : 10'000;
  draw.divisor = static_cast<double>(draw.n);
  (version == 1 ? draw.suffix : draw.prefix) = seed;
  return draw;
}

std::vector<double> equal_weights(std::int64_t variations) {
  if (variations <= 0) return {};
  return std::vector<double>(static_cast<std::size_t>(variations), 1.0 / static_cast<double>(variations));
}

std::vector<Range> bucket_ranges(std::int64_t variations, double coverage, std::vector<double> weights) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (static_cast<std::int64_t>(weights.size()) != variations || sum < 0.99 || sum > 1.01)
    weights = equal_weights(variations);
  coverage = std::clamp(coverage, 0.0, 1.0);
  std::vector<Range> ranges;
  double begin = 0;
  for (const double weight : weights) {
    ranges.push_back({begin, begin + coverage * weight});
    begin += weight;
  }
  return ranges;
}

std::optional<std::size_t> choose_variation(double n, std::span<const Range> ranges) {
  for (std::size_t i = 0; i < ranges.size(); ++i)
    if (n >= ranges[i].begin && n < ranges[i].end) return i;
  return std::nullopt;
}

bool in_namespace(std::string_view id, const std::string& name, Range part) {
  const auto draw = draw_of(1, "__" + name, dialect::Encoding::utf16);
  return draw && choose_variation(dialect::number_of(*draw, id), {&part, 1});
}

}  // namespace touchstone::assign::growthbook
