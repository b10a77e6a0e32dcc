#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/event.hpp"
#include "storage/experiment.hpp"
#include "storage/metric.hpp"

namespace touchstone::judge {

/// 2026-01-05T00:00Z, where the tests' experiments begin.
inline constexpr Time kStart{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}};

/// Events as a journal would hold them, each with an id of its own unless one is given.
class Stream {
 public:
  Stream& expose(std::string_view unit, std::string_view variant, Time te, std::string_view attributes = {}) {
    storage::Event event = made(storage::EventType::exposure, unit, te);
    event.experiment = "checkout";
    event.variant = text_.keep(variant);
    event.attributes = text_.keep(attributes);
    return add(event, te);
  }
  Stream& happen(std::string_view unit, std::string_view name, Time te, std::optional<double> value = {},
                 std::string_view properties = {}) {
    storage::Event event = made(storage::EventType::event, unit, te);
    event.name = text_.keep(name);
    event.value = value;
    event.attributes = text_.keep(properties);
    return add(event, te);
  }
  Stream& link(std::string_view device, std::string_view user, Time te) {
    storage::Event event = made(storage::EventType::link, device, te);
    event.unit.type = "device";
    event.to = {"user", text_.keep(user)};
    return add(event, te);
  }
  /// The last event again, as something else.
  storage::StoredEvent& last() { return events.back(); }
  std::string_view keep(std::string_view text) { return text_.keep(text); }

  std::vector<storage::StoredEvent> events;

 private:
  storage::Event made(storage::EventType type, std::string_view unit, Time te) {
    storage::Event event;
    event.type = type;
    event.id = text_.keep("e" + std::to_string(events.size()));
    event.unit = {"user", text_.keep(unit)};
    event.ts = te;
    return event;
  }
  Stream& add(const storage::Event& event, Time te) {
    events.push_back({event, events.size() + 1, te, te});
    return *this;
  }
  assign::TextArena text_;
};

inline storage::Metric metric(std::string key, storage::MetricKind kind, std::string event) {
  storage::Metric metric;
  metric.key = std::move(key);
  metric.kind = kind;
  metric.event = std::move(event);
  return metric;
}

/// A running experiment "checkout" with one phase from kStart on and the metrics as goals, looked at once.
inline storage::Experiment experiment(std::initializer_list<std::string_view> variants,
                                      const std::vector<storage::Metric>& metrics) {
  storage::Experiment made;
  made.key = "checkout";
  made.scheme = "external";
  made.state = storage::ExperimentState::running;
  std::uint32_t left = 1'000'000;
  for (const std::string_view key : variants) {
    storage::Variant variant;
    variant.key = key;
    variant.control = made.variants.empty();
    variant.weight = 1'000'000 / static_cast<std::uint32_t>(variants.size());
    left -= variant.weight;
    made.variants.push_back(variant);
  }
  made.variants.front().weight += left;
  storage::Phase phase;
  phase.started_at = kStart;
  for (const storage::Variant& variant : made.variants) phase.weights.push_back(variant.weight);
  made.phases.push_back(phase);
  made.plan.method = {"fixed-horizon", 1};
  for (const storage::Metric& metric : metrics) {
    storage::PlanMetric part;
    part.metric = metric.key;
    part.version = metric.version;
    made.plan.metrics.push_back(part);
  }
  return made;
}

}  // namespace touchstone::judge
