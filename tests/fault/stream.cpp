#include "tests/fault/stream.hpp"

#include <cstdlib>

#include <nlohmann/json.hpp>

namespace touchstone::e2e {
namespace {

using nlohmann::json;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets the environment
  return value != nullptr ? std::strtoull(value, nullptr, 10) : otherwise;
}

std::string event(std::size_t number) {
  const std::string unit = "u" + std::to_string(number / 2);
  const std::string ts = "2026-01-01T00:0" + std::to_string(number % 2) + ":00Z";
  json item = {{"id", "e" + std::to_string(number)}, {"unit", unit}, {"ts", ts}};
  if (number % 2 == 0)
    item.update({{"type", "exposure"}, {"experiment", "kill"}, {"variant", number % 4 == 0 ? "control" : "b"}});
  else
    item.update({{"type", "event"}, {"name", "purchase"}, {"value", static_cast<double>(number % 97) + 0.25}});
  return item.dump();
}

}  // namespace

std::size_t rounds() { return from_environment("TOUCHSTONE_FAULT_ROUNDS", 20); }

std::uint64_t fault_seed() { return from_environment("TOUCHSTONE_FAULT_SEED", 4711); }

std::vector<std::string> events_to_send(std::size_t bodies) {
  std::vector<std::string> events;
  for (std::size_t i = 0; i < bodies * kBatch; ++i) events.push_back(event(i));
  return events;
}

void agree_on_experiment(Service& service) {
  service.must_post("/v1/metrics", R"({"key":"revenue","kind":"sum","event":"purchase"})");
  service.must_post("/v1/experiments",
                    R"({"key":"kill","scheme":"external","exposure":"client",
                        "variants":[{"key":"control","control":true},{"key":"b"}],
                        "plan":{"metrics":[{"metric":"revenue"}]}})");
  service.must_post("/v1/experiments/kill:start", R"({"at":"2025-12-31T00:00:00Z"})");
}

std::size_t stored(Service& service) {
  const json report = json::parse(service.must_get("/v1/experiments/kill/report").body);
  return report.at("ledger").at("stored").get<std::size_t>();
}

std::string undisturbed_digest(const std::vector<std::string>& bodies) {
  const TemporaryDirectory data;
  Service service(data.path());
  agree_on_experiment(service);
  for (const auto& body : bodies) service.must_post("/v1/events", body);
  return digest_of(service, "kill");
}

void send_until_cut(Service& service, const std::vector<std::string>& bodies, std::atomic<std::size_t>& acknowledged,
                    const std::atomic<bool>& off) {
  http::Client client = service.client();
  for (const auto& body : bodies) {
    const auto response = client.send(
        {.method = http::Method::post, .target = "/v1/events", .body = body, .headers = {service.authorization()}});
    if (!response || response->status != 200 || off) return;
    ++acknowledged;
  }
}

}  // namespace touchstone::e2e
