#include "sdk/wire/backoff.hpp"

#include <algorithm>

namespace touchstone::wire {
namespace {

constexpr unsigned most_doublings = 20;
constexpr std::chrono::seconds longest_retry_after{3600};

}  // namespace

std::chrono::milliseconds Backoff::next(std::optional<std::chrono::seconds> retry_after) {
  const auto span = std::min(longest_, first_ * (std::int64_t{1} << failures_));
  failures_ = std::min(failures_ + 1, most_doublings);
  const std::chrono::milliseconds floor = std::min(retry_after.value_or(std::chrono::seconds(0)), longest_retry_after);
  return floor + std::chrono::milliseconds(std::uniform_int_distribution<std::int64_t>(0, span.count())(random_));
}

}  // namespace touchstone::wire
