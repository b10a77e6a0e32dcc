#include "service/cli/demo_season.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "service/codec/event_json.hpp"
#include "service/codec/json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"
#include "service/simulate/planted.hpp"

namespace touchstone::cli {
namespace {

using codec::JsonWriter;

constexpr std::size_t kBatch = codec::EventLimits::items;

std::string metric_document(std::string_view key, std::string_view event, std::string_view direction) {
  std::string body;
  JsonWriter json(body);
  json.begin_object().key("key").text(key).key("kind").text("proportion").key("event").text(event);
  json.key("direction").text(direction).end_object();
  return body;
}

void append_variant(JsonWriter& json, std::string_view flag, std::string_view key, bool treatment) {
  json.begin_object().key("key").text(key).key("control").boolean(!treatment);
  json.key("values").begin_object().key(flag).boolean(treatment).end_object().end_object();
}

void append_plan(JsonWriter& json, const simulate::Planted& planted, Time ends) {
  json.key("plan").begin_object().key("metrics").begin_array();
  json.begin_object().key("metric").text(planted.goal).key("role").text("goal").end_object();
  if (!planted.guardrail.empty()) {
    json.begin_object().key("metric").text(planted.guardrail).key("role").text("guardrail");
    json.key("margin").number(planted.guardrail_margin).end_object();
  }
  json.end_array().key("smallest_effect").number(planted.smallest_effect);
  json.key("horizon").begin_object().key("ends_at").text(codec::time_text(ends)).end_object().end_object();
}

std::string experiment_document(const simulate::Planted& planted, Time ends) {
  std::string body;
  JsonWriter json(body);
  json.begin_object().key("key").text(planted.key).key("name").text(planted.name);
  json.key("hypothesis").text(planted.hypothesis).key("exposure").text("client");
  json.key("variants").begin_array();
  append_variant(json, planted.key, "control", false);
  append_variant(json, planted.key, planted.treatment, true);
  json.end_array();
  append_plan(json, planted, ends);
  json.end_object();
  return body;
}

std::string question(const simulate::Customer& who) {
  std::string body;
  JsonWriter json(body);
  json.begin_object().key("flags").begin_array();
  for (const auto& planted : simulate::planted_experiments()) json.text(planted.key);
  json.end_array().key("unit").text(who.id);
  json.key("attributes").begin_object().key("country").text(who.country).key("loyalty").text(who.loyalty).end_object();
  json.end_object();
  return body;
}

std::string problem_of(const http::ClientResponse& response) {
  codec::JsonDocument document;
  if (!document.read(response.body)) return response.body;
  const auto detail = document.root().find("detail");
  return std::string(detail ? detail->text().value_or(response.body) : response.body);
}

}  // namespace

DemoSeason::DemoSeason(http::Client client, std::string key, const simulate::ShopOptions& shop)
    : client_(std::move(client)), key_(std::move(key)), shop_(shop) {}

Status DemoSeason::agree() {
  const Time ends = shop_.opens + std::chrono::days(shop_.days);
  for (const auto& [key, event, direction] :
       {std::array<std::string_view, 3>{"purchase", "purchase", "increase"},
        std::array<std::string_view, 3>{"product-view", "product_view", "increase"},
        std::array<std::string_view, 3>{"refund", "$refund", "decrease"}})
    if (auto made = post("/v1/metrics", metric_document(key, event, direction)); !made) return made.error();
  const std::string start = "{\"at\":\"" + codec::time_text(shop_.opens) + "\"}";
  for (const auto& planted : simulate::planted_experiments()) {
    if (auto made = post("/v1/experiments", experiment_document(planted, ends)); !made) return made.error();
    auto started = post("/v1/experiments/" + std::string(planted.key) + ":start", start);
    if (!started) return started.error();
  }
  return ok();
}

Result<std::uint64_t> DemoSeason::play(const std::function<void(std::uint32_t)>& progress) {
  stored_ = 0;
  storage::EventBatch waiting;
  for (std::uint32_t number = 0; number < shop_.customers; ++number) {
    const auto who = simulate::customer(shop_, number);
    const auto treated = treatments(who);
    if (!treated) return treated.error();
    simulate::live(
        shop_, who, [&](std::size_t i) { return (*treated >> i & 1U) != 0; }, waiting);
    if (waiting.events.size() >= kBatch)
      if (auto sent = send(waiting); !sent) return sent.error();
    progress(number + 1);
  }
  if (auto sent = send(waiting); !sent) return sent.error();
  return stored_;
}

/// A bit per planted experiment: set where the customer is treated.
Result<std::uint64_t> DemoSeason::treatments(const simulate::Customer& who) {
  const auto answer = post("/v1/evaluate", question(who));
  if (!answer) return answer.error();
  codec::JsonDocument document;
  if (auto read = document.read(*answer); !read) return read.error();
  const auto evaluations = document.root().find("evaluations");
  const auto planted = simulate::planted_experiments();
  std::uint64_t treated = 0;
  std::size_t i = 0;
  if (evaluations)
    for (const auto& evaluation : evaluations->elements()) {
      const auto variant = evaluation.find("variant");
      if (variant && variant->text() == planted[i].treatment) treated |= std::uint64_t{1} << i;
      ++i;
    }
  return treated;
}

Status DemoSeason::send(storage::EventBatch& batch) {
  for (std::size_t from = 0; from < batch.events.size(); from += kBatch) {
    std::string body;
    for (std::size_t i = from; i < std::min(from + kBatch, batch.events.size()); ++i)
      body += codec::write_event(batch.events[i]) + "\n";
    const auto answer = post("/v1/events", std::move(body));
    if (!answer) return answer.error();
    codec::JsonDocument document;
    if (auto read = document.read(*answer); !read) return read;
    if (const auto stored = document.root().find("stored")) stored_ += stored->natural().value_or(0);
  }
  batch = {};
  return ok();
}

Result<std::string> DemoSeason::post(std::string target, std::string body) {
  auto response = client_.send({.method = http::Method::post,
                                .target = target,
                                .body = std::move(body),
                                .headers = {{"Authorization", "Bearer " + key_}}});
  if (!response) return response.error();
  if (response->status / 100 != 2) return Error{ErrorCode::internal, target + ": " + problem_of(*response), "", ""};
  return std::move(response->body);
}

}  // namespace touchstone::cli
