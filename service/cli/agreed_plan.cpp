#include "service/cli/agreed_plan.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/line_reader.hpp"
#include "service/codec/experiment_json.hpp"
#include "service/codec/json.hpp"
#include "storage/experiment.hpp"

namespace touchstone::cli {
namespace {

using storage::MetricRole;
using storage::PlanMetric;

/// Weights, control first.
std::string split_of(const storage::Experiment& experiment) {
  std::string control;
  std::string others;
  for (const storage::Variant& variant : experiment.variants)
    (variant.control ? control : others.append(",")).append(std::to_string(variant.weight));
  return control + others;
}

std::string first_goal(const storage::Plan& plan) {
  const auto goal = std::ranges::find(plan.metrics, MetricRole::goal, &PlanMetric::role);
  if (goal != plan.metrics.end()) return goal->metric;
  return plan.metrics.empty() ? "" : plan.metrics.front().metric;
}

void take_design(SampleSizeOptions& into, const storage::Experiment& experiment) {
  const storage::Plan& plan = experiment.plan;
  if (into.split.empty()) into.split = split_of(experiment);
  if (!into.alpha) into.alpha = plan.alpha;
  const auto goals = std::ranges::count(plan.metrics, MetricRole::goal, &PlanMetric::role);
  if (!into.goals) into.goals = static_cast<double>(std::max<std::ptrdiff_t>(1, goals));
  if (into.metric.empty()) into.metric = first_goal(plan);
  if (into.method.empty()) into.method = plan.method.id;
  if (!into.units && plan.horizon.units) into.units = static_cast<double>(*plan.horizon.units);
  if (into.change.empty() && !into.difference && plan.smallest_effect)
    into.change = fmt::format("{}", *plan.smallest_effect);
}

std::optional<double> number(const std::optional<codec::JsonView>& object, std::string_view name) {
  const auto found = object ? object->find(name) : std::nullopt;
  return found ? found->number() : std::nullopt;
}

/// What the control shows, which the service says beside the answer to any question.
Status take_baseline(SampleSizeOptions& into, OperatorClient& client) {
  const auto answer =
      client.post("/v1/sample-size",
                  fmt::format(R"({{"experiment":"{}","metric":"{}","units":1000000}})", into.experiment, into.metric));
  if (!answer) return answer.error();
  codec::JsonDocument document;
  if (auto read = document.read(*answer); !read) return read;
  const auto baseline = document.root().find("baseline");
  const double mean = number(baseline, "mean").value_or(0);
  const auto kind = baseline ? baseline->find("kind") : std::nullopt;
  if (kind && kind->text().value_or("") == "rate") {
    into.rate = fmt::format("{}", mean);
  } else {
    into.mean = mean;
    into.deviation = std::sqrt(number(baseline, "variance").value_or(0));
  }
  into.answering = fmt::format("{}", number(baseline, "answering").value_or(1));
  if (!into.per_day) into.per_day = number(document.root().find("days"), "units_per_day");
  return ok();
}

}  // namespace

Status take_plan(SimulateOptions& options) {
  SampleSizeOptions& plan = options.plan;
  auto client = OperatorClient::open(plan.data);
  if (!client) return client.error();
  const auto document = client->get("/v1/experiments/" + plan.experiment);
  if (!document) return document.error();
  const auto experiment = codec::read_stored_experiment(*document);
  if (!experiment) return experiment.error();
  if (options.files.empty() && !options.metrics.empty()) plan.metric = options.metrics.front();
  take_design(plan, *experiment);
  if (options.files.empty() && !options.past)
    if (auto taken = take_baseline(plan, *client); !taken) return taken;
  if (options.past) options.past_of = plan.experiment;
  plan.experiment.clear();
  plan.metric.clear();
  return ok();
}

Status take_plan_of_file(SimulateOptions& options) {
  const auto document = read_whole(options.plan_file);
  if (!document) return document.error();
  const auto experiment = codec::read_new_experiment(*document);
  if (!experiment) {
    auto error = experiment.error();
    error.message = fmt::format("--plan {}: {}", options.plan_file, error.message);
    return error;
  }
  take_design(options.plan, *experiment);
  options.plan.metric.clear();
  return ok();
}

}  // namespace touchstone::cli
