#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/service/judge/stream.hpp"

/// Metrics of the kinds that need more than an event.
namespace touchstone::judge {

inline storage::Metric within(storage::Metric made, Micros delay, Micros length) {
  made.window = {delay, length};
  return made;
}

inline storage::Metric score(std::string key, storage::Score how, std::string event = "answer") {
  storage::Metric made = metric(std::move(key), storage::MetricKind::score, std::move(event));
  made.score = how;
  return made;
}
inline storage::Metric nps(std::string key = "nps") { return score(std::move(key), {}); }
inline storage::Metric csat(std::string key = "csat") {
  return score(std::move(key), {storage::ScoreForm::csat, 1, 5, 4});
}

/// Orders with their values, for each visit.
inline storage::Metric revenue_per_visit() {
  storage::Metric made = metric("revenue-per-visit", storage::MetricKind::ratio, "buy");
  made.others.push_back({"visit", std::nullopt, storage::Aspect::occurrence, {}});
  return made;
}

inline storage::Metric funnel(std::vector<std::string> steps, Micros length) {
  storage::Metric made = metric("funnel", storage::MetricKind::funnel, steps.front());
  for (std::size_t i = 1; i < steps.size(); ++i) made.others.push_back({steps[i], std::nullopt, {}, {}});
  made.window.length = length;
  return made;
}

}  // namespace touchstone::judge
