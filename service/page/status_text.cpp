#include "service/page/status_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "stats/status.hpp"

namespace touchstone::page {
namespace {

using stats::Status;

constexpr std::array<std::pair<Status, std::string_view>, 10> kWords{
    std::pair{Status::no_data, "nothing has come yet"},
    std::pair{Status::insufficient_data, "too few units yet"},
    std::pair{Status::zero_variance, "everybody has the same value"},
    std::pair{Status::zero_denominator, "what is divided by adds up to zero"},
    std::pair{Status::baseline_not_positive, "the control's figure is not above zero"},
    std::pair{Status::out_of_range, "a value lies beyond what can be added up exactly"},
    std::pair{Status::not_relative, "a change relative to this scale's zero means nothing"},
    std::pair{Status::no_sequential_method, "no method for looking at any time is proven for it"},
    std::pair{Status::not_mature, "nobody's figure is final yet"},
    std::pair{Status::not_converged, "the computation found no answer"}};

}  // namespace

std::string status_text(std::string_view status) {
  const auto* const found =
      std::ranges::find(kWords, status, [](const auto& words) { return stats::name(words.first); });
  return std::string(found == kWords.end() ? status : found->second);
}

}  // namespace touchstone::page
