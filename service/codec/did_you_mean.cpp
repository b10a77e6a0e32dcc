#include "service/codec/did_you_mean.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

namespace touchstone::codec {
namespace {

constexpr std::size_t kLongest = 64;  // longer names are nobody's typing error

/// Levenshtein's distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row.back();
}

std::string listed(std::span<const std::string_view> known) {
  std::string list = "known here:";
  for (std::size_t i = 0; i < known.size(); ++i) list.append(i == 0 ? " " : ", ").append(known[i]);
  return list;
}

}  // namespace

std::string did_you_mean(std::string_view name, std::span<const std::string_view> known) {
  if (name.size() > kLongest) return listed(known);
  const auto nearest = std::ranges::min_element(known, {}, [&](std::string_view k) { return distance(name, k); });
  const bool close = nearest != known.end() && distance(name, *nearest) <= 1 + nearest->size() / 4;
  return close ? "did you mean \"" + std::string(*nearest) + "\"?" : listed(known);
}

}  // namespace touchstone::codec
