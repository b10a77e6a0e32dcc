// The test service of the SDK for C++.

#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "sdk/cpp/client.hpp"
#include "service/http/server.hpp"
#include "tests/assign/subject_json.hpp"
#include "tests/service/app/scratch.hpp"

namespace touchstone {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::size_t largest_body = 16U << 20U;

constexpr const char* by_rules_alone =
    "it decides by the rules, which a program in C++ may read; results by the server are for pages, whose keys may not";

const json about = {{"sdk", "cpp"},
                    {"capabilities", {"local", "stream", "bootstrap", "cache", "clock", "link", "not_local"}},
                    {"suppressed",
                     {{"decides by results where rules may not be read", by_rules_alone},
                      {"results follow a change", by_rules_alone},
                      {"tells the exposure of a result", by_rules_alone}}}};

milliseconds span(const json& from, const char* name, milliseconds otherwise) {
  return milliseconds(from.value(name, otherwise.count()));
}

sdk::Options options_from(const json& asked, const std::filesystem::path& caches) {
  sdk::Options options;
  options.address = asked.at("url");
  options.key = asked.at("key");
  if (asked.contains("snapshot")) options.bootstrap = asked["snapshot"].dump();
  if (asked.contains("cache")) options.cache_file = caches / asked["cache"].get<std::string>();
  options.stream = asked.value("stream", false);
  options.poll_every = span(asked, "poll_ms", options.poll_every);
  options.flush_every = span(asked, "flush_ms", options.flush_every);
  options.batch = asked.value("batch", options.batch);
  options.most_waiting = asked.value("capacity", options.most_waiting);
  options.retry_from = span(asked, "retry_ms", options.retry_from);
  options.retry_to = span(asked, "retry_cap_ms", options.retry_to);
  options.answer_within = span(asked, "timeout_ms", options.answer_within);
  if (asked.contains("timeout_ms"))
    options.stream_silence = std::chrono::ceil<std::chrono::seconds>(options.answer_within);
  options.gzip = false;  // the stub reads bodies as they are
  options.now = [off = span(asked, "clock_ms", milliseconds(0))] {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()) + off;
  };
  return options;
}

json text_or_null(std::string_view text) { return text.empty() ? json() : json(text); }

template <class T>
json answer_node(const sdk::Answer<T>& answer, json value) {
  return {{"value", std::move(value)},
          {"variant", text_or_null(answer.variant)},
          {"experiment", text_or_null(answer.experiment)},
          {"reason", assign::name_of(answer.reason)},
          {"cause", assign::name_of(answer.cause)},
          {"problem", text_or_null(sdk::name_of(answer.problem))}};
}

/// Asks in the type of the default.
json evaluate(const sdk::Client& client, const json& asked, bool expose) {
  const tests::OwnedSubject subject(asked);
  const auto flag = asked.at("flag").get<std::string>();
  const auto& otherwise = asked.at("default");
  const auto answered = [&](const auto& answer, json value) {
    if (expose) client.expose(answer);
    return answer_node(answer, std::move(value));
  };
  if (otherwise.is_boolean()) {
    const auto answer = client.boolean(flag, subject.view(), otherwise);
    return answered(answer, answer.value);
  }
  if (otherwise.is_number()) {
    const auto answer = client.number(flag, subject.view(), otherwise);
    return answered(answer, wire::number_node(answer.value));
  }
  if (otherwise.is_string()) {
    const auto text = otherwise.get<std::string>();
    const auto answer = client.text(flag, subject.view(), text);
    return answered(answer, answer.value);
  }
  const auto text = otherwise.dump();
  const auto answer = client.json(flag, subject.view(), text);
  return answered(answer, json::parse(answer.value));
}

json track(sdk::Client& client, const json& asked) {
  json held = {{"units", asked.at("units")}, {"attributes", asked.value("properties", json::object())}};
  const tests::OwnedSubject subject(held);
  const auto name = asked.at("name").get<std::string>();
  sdk::Event event{.name = name, .unit = subject.view().units.front(), .properties = subject.view().attributes};
  if (asked.contains("value")) event.value = asked["value"].get<double>();
  return {{"queued", client.track(event).ok()}};
}

json link(sdk::Client& client, const json& asked) {
  const auto text = [&asked](const char* unit, const char* part) { return asked.at(unit).at(part).get<std::string>(); };
  const auto type = text("unit", "type");
  const auto id = text("unit", "id");
  const auto to_type = text("to", "type");
  const auto to_id = text("to", "id");
  return {{"queued", client.link({type, id}, {to_type, to_id}).ok()}};
}

json status(const sdk::Client& client) {
  const auto now = client.status();
  return {{"ready", client.ready()}, {"config_version", now.config_version}, {"stale", now.phase != sdk::Phase::ready},
          {"queued", now.waiting},   {"dropped", now.dropped + now.refused}, {"not_local", now.not_local}};
}

json close(sdk::Client& client, const json& asked) {
  const auto before = client.status().dropped;
  client.close(milliseconds(asked.value("timeout_ms", 0)));
  return {{"pending", client.status().dropped - before}};
}

class Clients {
 public:
  json open(const json& asked) {
    auto client = std::make_shared<sdk::Client>(options_from(asked, caches_.path()));
    const bool ready = client->wait_until_ready(span(asked, "wait_ms", milliseconds(0)));
    const std::lock_guard lock(mutex_);
    const auto id = std::to_string(all_.size() + 1);
    all_[id] = std::move(client);
    return {{"client", id}, {"ready", ready}};
  }

  std::shared_ptr<sdk::Client> at(std::string_view id) {
    const std::lock_guard lock(mutex_);
    return all_.at(std::string(id));
  }

 private:
  Scratch caches_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<sdk::Client>> all_;
};

http::Response answered(const json& body, int status = 200) {
  http::Response response;
  response.status = status;
  response.body = body.dump();
  return response;
}

/// What cannot be understood throws on the way.
template <class Handle>
http::SlowHandler handler(Handle handle) {
  return [handle](const http::Request& request) -> http::Response {
    try {
      return answered(handle(request, request.body.empty() ? json::object() : json::parse(request.body)));
    } catch (const std::exception& error) {
      return answered({{"error", error.what()}}, 400);
    }
  };
}

std::vector<http::Route> routes(Clients& clients) {
  using http::Method;
  const auto with_client = [&clients](auto ask) {
    return handler([&clients, ask](const http::Request& request, const json& body) {
      return ask(*clients.at(request.path_params[0]), body);
    });
  };
  return {
      {Method::get, "/", largest_body, handler([](const http::Request&, const json&) { return about; })},
      {Method::post, "/clients", largest_body,
       handler([&clients](const http::Request&, const json& body) { return clients.open(body); })},
      {Method::post, "/clients/{id}/evaluate", largest_body,
       with_client([](sdk::Client& client, const json& body) { return evaluate(client, body, false); })},
      {Method::post, "/clients/{id}/expose", largest_body,
       with_client([](sdk::Client& client, const json& body) { return evaluate(client, body, true); })},
      {Method::post, "/clients/{id}/track", largest_body, with_client(track)},
      {Method::post, "/clients/{id}/link", largest_body, with_client(link)},
      {Method::post, "/clients/{id}/flush", largest_body, with_client([](sdk::Client& client, const json& body) {
         return json{{"delivered", client.flush(milliseconds(body.at("timeout_ms").get<int>()))}};
       })},
      {Method::get, "/clients/{id}", largest_body,
       with_client([](sdk::Client& client, const json&) { return status(client); })},
      {Method::del, "/clients/{id}", largest_body, with_client(close)},
  };
}

http::Response refusal(int status, std::string_view detail, std::string_view hint, std::string_view /*target*/) {
  return answered({{"error", detail}, {"hint", hint}}, status);
}

void serve_until_told_to_end() {
  sigset_t end;
  sigemptyset(&end);
  sigaddset(&end, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &end, nullptr);
  Clients clients;
  http::ServerOptions options;
  options.deadlines.grace = milliseconds(1);
  http::Server server(options, routes(clients), refusal);
  server.start();
  std::printf("listening http://127.0.0.1:%d\n", server.port());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&end, &signal);
}

}  // namespace
}  // namespace touchstone

int main() { touchstone::serve_until_told_to_end(); }
