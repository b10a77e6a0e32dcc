#include "service/cli/spelling.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace touchstone::cli {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before;
  std::vector<std::size_t> last(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::vector<std::size_t> row(b.size() + 1, i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = std::exchange(last, std::move(row));
  }
  return last.back();
}

bool near(std::string_view a, std::string_view b) { return 3 * distance(a, b) <= std::max(a.size(), b.size()) + 2; }

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  const auto best = std::min_element(candidates.begin(), candidates.end(), [&](auto left, auto right) {
    return distance(word, left) < distance(word, right);
  });
  return best != candidates.end() && near(word, *best) ? *best : std::string_view{};
}

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates) {
  const auto meant = nearest(word, candidates);
  if (!meant.empty()) return fmt::format("did you mean \"{}\"?", meant);
  return fmt::format("choose one of {}", fmt::join(candidates, ", "));
}

}  // namespace touchstone::cli
