#include "service/judge/sizing.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace touchstone::judge {
namespace {

Error invalid(std::string pointer, std::string message, std::string hint) {
  return {ErrorCode::invalid, std::move(message), std::move(pointer), std::move(hint)};
}

double difference_of(const WantedEffect& effect, const stats::Baseline& baseline) {
  return effect.relative ? effect.size * baseline.mean : effect.size;
}

/// The comparison that is hardest to decide: control against the treatment that fewest get.
stats::Split hardest(const std::vector<double>& weights) {
  const double all = std::reduce(weights.begin(), weights.end());
  return {weights.front() / all, *std::min_element(weights.begin() + 1, weights.end()) / all};
}

std::optional<Error> refused(const SizeRequest& request) {
  if (!request.baseline)
    return invalid("/baseline", "nothing to start from",
                   "Send what the metric shows today, or an experiment and its metric.");
  if (!request.effect && !request.units)
    return invalid("/effect", "neither an effect nor units",
                   "Send the smallest effect that matters, or how many units there are.");
  if (request.effect && request.units && request.power)
    return invalid("/power", "effect, units and power are all given", "Leave out the one you want to know.");
  if (request.effect && request.effect->relative && !(request.baseline->mean > 0))
    return invalid("/effect", "nothing is relative to a mean that is not positive", "Send {\"absolute\": ...}.");
  return std::nullopt;
}

stats::SizeQuestion question(const SizeRequest& request, double alpha_each) {
  stats::SizeQuestion asked{
      .baseline = *request.baseline, .split = hardest(request.weights), .alpha = alpha_each, .method = request.method};
  if (request.effect) asked.difference = difference_of(*request.effect, *request.baseline);
  asked.units = request.units;
  asked.power = request.power;
  asked.sign = request.drop ? -1 : 1;
  return asked;
}

Error without_answer(const SizeRequest& request) {
  if (!request.effect)
    return invalid("/units", "so few units show no change that is possible", "Plan for more units, or for less power.");
  return invalid("/effect", "no rate is below 0 or above 1, and no effect is none",
                 "Send a change that can happen, such as {\"relative\": 0.05}.");
}

}  // namespace

Result<Sized> size_up(const SizeRequest& request) {
  if (auto error = refused(request)) return *std::move(error);
  const auto comparisons = static_cast<double>(request.goals) * static_cast<double>(request.weights.size() - 1);
  Sized sized{*request.baseline, request.alpha / comparisons, {}, request.units_per_day};
  if (request.power && *request.power <= sized.alpha_each)
    return invalid("/power", "a power of no more than alpha is that of tossing a coin", "Send 0.8.");
  sized.answer = stats::answer(question(request, sized.alpha_each));
  if (!std::isfinite(sized.answer.units) || !std::isfinite(sized.answer.difference) ||
      !std::isfinite(sized.answer.power))
    return without_answer(request);
  return sized;
}

}  // namespace touchstone::judge
