#include "service/cli/shop_client.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "service/codec/event_json.hpp"
#include "service/codec/json.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::cli {
namespace {

using simulate::Seen;

constexpr std::size_t kBatch = codec::EventLimits::items;

std::string question(const simulate::Customer& who) {
  std::string body;
  codec::JsonWriter json(body);
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

Result<std::string> body_of(const std::string& target, http::ClientResponse response) {
  if (response.status / 100 != 2) return Error{ErrorCode::internal, target + ": " + problem_of(response), "", ""};
  return std::move(response.body);
}

/// The answer lists the flags in the order in which they were asked for.
Result<ShopClient::Sights> sights_of(const std::string& answer) {
  codec::JsonDocument document;
  if (auto read = document.read(answer); !read) return read.error();
  ShopClient::Sights sights;
  const auto evaluations = document.root().find("evaluations");
  if (!evaluations) return Error{ErrorCode::internal, "an answer without evaluations", "", ""};
  for (const auto& evaluation : evaluations->elements()) {
    const auto variant = evaluation.find("variant");
    const auto& planted = simulate::planted_experiments()[sights.size()];
    const auto name = variant ? variant->text() : std::nullopt;
    sights.push_back(!name ? Seen::nothing : *name == planted.treatment ? Seen::treatment : Seen::control);
  }
  return sights;
}

}  // namespace

Result<std::vector<ShopClient::Sights>> ShopClient::ask(std::span<const simulate::Customer> customers) {
  std::vector<http::ClientRequest> questions;
  for (const auto& who : customers) questions.push_back(request("/v1/evaluate", question(who)));
  auto answers = client_.send_pipelined(questions);
  if (!answers) return answers.error();
  std::vector<Sights> all;
  for (auto& answer : *answers) {
    const auto body = body_of("/v1/evaluate", std::move(answer));
    if (!body) return body.error();
    auto sights = sights_of(*body);
    if (!sights) return sights.error();
    all.push_back(std::move(*sights));
  }
  return all;
}

Result<std::uint64_t> ShopClient::send(storage::EventBatch& batch) {
  std::uint64_t stored = 0;
  for (std::size_t from = 0; from < batch.events.size(); from += kBatch) {
    std::string body;
    for (std::size_t i = from; i < std::min(from + kBatch, batch.events.size()); ++i)
      body += codec::write_event(batch.events[i]) + "\n";
    const auto answer = post("/v1/events", std::move(body));
    if (!answer) return answer.error();
    codec::JsonDocument document;
    if (auto read = document.read(*answer); !read) return read.error();
    if (const auto count = document.root().find("stored")) stored += count->natural().value_or(0);
  }
  batch = {};
  return stored;
}

Result<std::string> ShopClient::post(const std::string& target, std::string body) {
  auto response = client_.send(request(target, std::move(body)));
  if (!response) return response.error();
  return body_of(target, std::move(*response));
}

http::ClientRequest ShopClient::request(const std::string& target, std::string body) const {
  return {.method = http::Method::post,
          .target = target,
          .body = std::move(body),
          .headers = {{"Authorization", "Bearer " + key_}}};
}

}  // namespace touchstone::cli
