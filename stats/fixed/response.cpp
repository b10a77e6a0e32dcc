#include "stats/fixed/response.hpp"

#include <algorithm>
#include <ranges>

#include "stats/distribution/gamma.hpp"

namespace touchstone::stats {
namespace {

Proportion pooled(std::span<const Proportion> arms) noexcept {
  Proportion all;
  for (const Proportion& arm : arms) {
    all.conversions += arm.conversions;
    all.units += arm.units;
  }
  return all;
}

void add(std::span<const Proportion> arms, ResponseBalance& to) noexcept {
  const double rate = pooled(arms).rate();
  if (!(rate > 0 && rate < 1)) return;
  int compared = -1;
  for (const Proportion& arm : arms) {
    if (arm.units == 0) continue;
    const double gap = static_cast<double>(arm.conversions) - arm.count() * rate;
    to.chi2 += gap * gap / (arm.count() * rate * (1 - rate));
    ++compared;
  }
  to.df += std::max(compared, 0);
}

double answers(const Answers& of) noexcept {
  double all = 0;
  for (const AnswerGroup& group : of.groups) all += static_cast<double>(group.answers);
  return all;
}

/// The mean without so many of the first answers of `groups`.
double trimmed_mean(const auto& groups, double without) {
  double left = 0;
  double total = 0;
  for (const AnswerGroup& group : groups) {
    const double lost = std::min(without, static_cast<double>(group.answers));
    without -= lost;
    left += static_cast<double>(group.answers) - lost;
    total += group.value * (static_cast<double>(group.answers) - lost);
  }
  return total / left;
}

/// The smallest and the largest mean that an arm may have without so many answers.
Interval means_without(const Answers& of, double without) {
  return {trimmed_mean(std::views::reverse(of.groups), without), trimmed_mean(of.groups, without)};
}

}  // namespace

ResponseBalance response_balance(std::span<const std::vector<Proportion>> strata) {
  ResponseBalance balance;
  balance.chi2 = 0;
  bool anybody = false;
  for (const auto& arms : strata) {
    add(arms, balance);
    anybody |= pooled(arms).units > 0;
  }
  if (anybody) balance.status = balance.df > 0 ? Status::ok : Status::zero_variance;
  if (balance.df > 0) balance.p = chi_square_upper(balance.chi2, balance.df);
  return balance;
}

Interval trimming_bounds(const Answers& a, const Answers& b) {
  const double n_a = answers(a);
  const double n_b = answers(b);
  if (!(n_a > 0 && n_b > 0)) return {};
  const double rate_a = n_a / static_cast<double>(a.units);
  const double rate_b = n_b / static_cast<double>(b.units);
  const Interval mean_a = means_without(a, n_a * std::max(0.0, 1 - rate_b / rate_a));
  const Interval mean_b = means_without(b, n_b * std::max(0.0, 1 - rate_a / rate_b));
  return {mean_b.low - mean_a.high, mean_b.high - mean_a.low};
}

}  // namespace touchstone::stats
