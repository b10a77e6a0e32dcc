#include "service/cli/units_route.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "service/api/errors.hpp"
#include "service/app/agreements.hpp"
#include "service/app/evidence.hpp"
#include "service/app/revision.hpp"
#include "service/codec/experiment_json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/metric_json.hpp"
#include "service/simulate/pool.hpp"

namespace touchstone::cli {
namespace {

using codec::JsonWriter;

bool out_of_range(std::span<const judge::Amount> unit) {
  return std::ranges::any_of(unit,
                             [](const judge::Amount& amount) { return amount.state == judge::AmountState::beyond; });
}

void write_units(JsonWriter& out, const simulate::Pool& pool) {
  out.key("units").begin_array();
  for (std::uint64_t i = 0; i < pool.units(); ++i) {
    const auto unit = pool.of(i);
    if (out_of_range(unit)) continue;
    out.begin_array();
    for (const judge::Amount& amount : unit)
      amount.state == judge::AmountState::present ? out.integer(amount.value) : out.null();
    out.end_array();
  }
  out.end_array();
}

std::string document(const app::JudgeableExperiment& judged, const simulate::Pool& pool) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("experiment").text(codec::write_experiment(judged.experiment)).key("metrics").begin_array();
  for (const storage::Metric& metric : judged.metrics) out.text(codec::write_metric(metric));
  out.end_array();
  write_units(out, pool);
  out.end_object();
  return text;
}

Result<std::string> units_of(app::Service& service, std::string_view key) {
  const auto environment = service.default_environment();
  const auto agreed = service.agreed(environment);
  const auto found = agreed->experiments.find(key);
  simulate::Pool pool;
  const auto take = [&pool](const judge::Study& study) { pool = simulate::pool_of(study); };
  if (found == agreed->experiments.end() || !service.evidence(environment).show(key, take))
    return app::no_such("experiment", key);
  return document(app::judgeable(*agreed, found->second), pool);
}

http::Response answer(app::Service& service, const http::Request& request) {
  const Error hidden{ErrorCode::not_found, "no such thing", "", ""};
  auto text = request.local ? units_of(service, request.path_params[0]) : Result<std::string>(hidden);
  if (!text) return api::problem(text.error(), request.request_id);
  http::Response response;
  response.content_type = "application/json";
  response.body = *std::move(text);
  return response;
}

}  // namespace

http::Route units_route(app::Service& service) {
  return {http::Method::get, "/local/units/{key}", 0,
          http::SlowHandler([&service](const http::Request& request) { return answer(service, request); })};
}

}  // namespace touchstone::cli
