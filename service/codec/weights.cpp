#include "service/codec/weights.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>

namespace touchstone::codec {
namespace {

constexpr std::uint64_t kMillion = 1'000'000;

/// The weight in millionths; nothing where it is not a whole number of them. Up to 1e12, so that a product with the
/// slots stays within 64 bits.
std::optional<std::uint64_t> millionths(double weight) {
  if (!(weight >= 0 && weight <= 1e6)) return std::nullopt;
  const double scaled = weight * 1e6;
  const double whole = std::round(scaled);
  const double rounding = 1e-9 * std::max(1.0, scaled);
  if (std::abs(scaled - whole) > std::min(rounding, 0.25)) return std::nullopt;
  return static_cast<std::uint64_t>(whole);
}

std::optional<std::vector<std::uint64_t>> all_millionths(std::span<const double> weights) {
  std::vector<std::uint64_t> parts;
  for (const double weight : weights) {
    const auto part = millionths(weight);
    if (!part) return std::nullopt;
    parts.push_back(*part);
  }
  return parts;
}

}  // namespace

std::optional<std::vector<std::uint32_t>> slots_of_weights(std::span<const double> weights) {
  const auto parts = all_millionths(weights);
  const auto total = parts ? std::accumulate(parts->begin(), parts->end(), std::uint64_t{0}) : 0;
  if (total == 0) return std::nullopt;

  std::vector<std::uint32_t> slots;
  for (const auto part : *parts) slots.push_back(static_cast<std::uint32_t>(part * kMillion / total));

  std::vector<std::size_t> order(slots.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return (*parts)[i] * kMillion % total; });
  const auto missing = kMillion - std::accumulate(slots.begin(), slots.end(), std::uint64_t{0});
  for (std::size_t i = 0; i < missing; ++i) ++slots[order[i]];
  return slots;
}

}  // namespace touchstone::codec
