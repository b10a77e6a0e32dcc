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
stats::Allocation hardest(const std::vector<double>& weights) {
  const double all = std::reduce(weights.begin(), weights.end());
  return {weights.front() / all, *std::min_element(weights.begin() + 1, weights.end()) / all};
}

std::optional<Error> refused_margin(const SizeRequest& request) {
  const bool needed = request.claim != stats::Claim::difference;
  if (needed != request.margin.has_value())
    return needed ? invalid("/margin", "is missing", "Send the largest harm, or difference, that does not matter.")
                  : invalid("/margin", "only non-inferiority and equivalence have one", "Send a claim, or remove it.");
  if (request.claim == stats::Claim::equivalence && request.effect)
    return invalid("/effect", "equivalence is planned for no effect", "Remove it.");
  if (request.claim == stats::Claim::equivalence && request.looks.futility != stats::Futility::none)
    return invalid("/futility", "equivalence is shown on two sides, futility has one", "Remove it.");
  return std::nullopt;
}

std::optional<Error> refused(const SizeRequest& request) {
  if (!request.baseline)
    return invalid("/baseline", "nothing to start from",
                   "Send what the metric shows today, or an experiment and its metric.");
  if (auto error = refused_margin(request)) return error;
  if (!request.margin && !request.effect && !request.units)
    return invalid("/effect", "neither an effect nor units",
                   "Send the smallest effect that matters, or how many units there are.");
  if ((request.effect || request.margin) && request.units && request.power)
    return invalid("/power", "effect, units and power are all given", "Leave out the one you want to know.");
  for (const auto* change : {&request.effect, &request.margin})
    if (*change && (*change)->relative && !(request.baseline->mean > 0))
      return invalid(change == &request.effect ? "/effect" : "/margin",
                     "nothing is relative to a mean that is not positive", "Send {\"absolute\": ...}.");
  return std::nullopt;
}

stats::Baseline baseline_with(const SizeRequest& request) {
  stats::Baseline baseline = *request.baseline;
  if (request.correlation) baseline.factor *= stats::covariate_factor(*request.correlation);
  if (const auto& clusters = request.clusters)
    baseline.factor *= stats::cluster_factor(clusters->size, clusters->deviation, clusters->intraclass);
  return baseline;
}

stats::SizeQuestion question(const SizeRequest& request, const Sized& sized) {
  stats::SizeQuestion asked{.baseline = sized.baseline,
                            .allocation = hardest(request.weights),
                            .alpha = sized.alpha_each,
                            .stopping = {request.method, request.looks},
                            .claim = request.claim,
                            .margin = sized.margin.value_or(0)};
  if (request.effect) asked.difference = difference_of(*request.effect, *request.baseline);
  asked.units = request.units;
  asked.power = request.power;
  asked.sign = request.drop ? -1 : 1;
  return asked;
}

Error without_answer(const SizeRequest& request) {
  if (request.margin)
    return invalid("/margin", "the true difference lies beyond it, or no such rate can be",
                   "Send a larger margin, or a smaller effect.");
  if (!request.effect)
    return invalid("/units", "so few units show no change that is possible", "Plan for more units, or for less power.");
  return invalid("/effect", "no rate is below 0 or above 1, and no effect is none",
                 "Send a change that can happen, such as {\"relative\": 0.05}.");
}

}  // namespace

std::optional<stats::Baseline> baseline_of(const Row& row) {
  const Arm& control = row.arms[0];
  if (!control.mean || !control.variance || control.n == 0) return std::nullopt;
  const double answering = control.units ? static_cast<double>(control.n) / static_cast<double>(*control.units) : 1;
  return stats::Baseline{control.successes.has_value(), *control.mean, *control.variance, answering, 1};
}

Result<Sized> size_up(const SizeRequest& request) {
  if (auto error = refused(request)) return *std::move(error);
  const auto comparisons = static_cast<double>(request.goals) * static_cast<double>(request.weights.size() - 1);
  Sized sized{baseline_with(request), std::nullopt, request.alpha / comparisons, {}, request.units_per_day};
  if (request.margin) sized.margin = difference_of(*request.margin, sized.baseline);
  if (request.power && *request.power <= sized.alpha_each)
    return invalid("/power", "a power of no more than alpha is that of tossing a coin", "Send 0.8.");
  sized.answer = stats::answer(question(request, sized));
  if (!std::isfinite(sized.answer.units) || !std::isfinite(sized.answer.difference) ||
      !std::isfinite(sized.answer.power))
    return without_answer(request);
  return sized;
}

}  // namespace touchstone::judge
