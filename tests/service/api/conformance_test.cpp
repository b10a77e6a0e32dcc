// The server against its own document: every documented status of every route is brought about, every answer is checked
// against the schema that the document gives it, and nothing undocumented may be answered.

#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "service/app/keys.hpp"
#include "service/app/passwords.hpp"
#include "service/app/people.hpp"
#include "service/app/sessions.hpp"
#include "tests/service/api/gate.hpp"
#include "tests/service/api/listener.hpp"
#include "tests/service/api/person.hpp"
#include "tests/service/api/running.hpp"
#include "tests/service/api/seen.hpp"
#include "tests/service/http/gzip.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::api {
namespace {

using http::Method;
using http::test::gzip;
using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view kUnknownParameter = "?colour=red";

std::string filled(const Row& row, std::string_view with) {
  std::string target(row.pattern);
  for (auto begin = target.find('{'); begin != std::string::npos; begin = target.find('{'))
    target.replace(begin, target.find('}') - begin + 1, with);
  return target;
}

bool documents(const Row& row, int status) {
  const auto all = answers_of(row);
  return std::ranges::find(all, status, &Answer::status) != all.end();
}

bool is_page(const Row& row) { return row.roles.is_page(); }

bool is_for_people_alone(const Row& row) { return takes_key(row) && !row.roles.takes_keys(); }

bool is_hashing(const Row& row) { return std::holds_alternative<HashCall>(row.call); }

bool is_durable(const Row& row) { return std::holds_alternative<DurableCall>(row.call); }

void hold_writer(Running& running, Gate& gate) {
  const auto held = running.service().writer().change(
      [&gate](storage::Catalogue&) {
        gate.wait();
        return ok();
      },
      [](const Status&) {});
  ASSERT_TRUE(held);
  gate.until_somebody_waits();
}

class Conformance : public testing::Test {
 protected:
  static Headers bearer(const std::string& token) { return {{"Authorization", "Bearer " + token}}; }
  /// Of whoever may call it: the holder of an admin key, or somebody who is signed in.
  static Headers allowed(Running& running, const Row& row) {
    if (!is_for_people_alone(row)) return bearer(running.key(fast::KeyKind::admin));
    return {{"Cookie", "touchstone_session=" + session(running)}, {"X-API-Key", "session"}};
  }
  static std::string session(Running& running);

  http::ClientResponse ask(Running& running, const Row& row, const std::string& target, const std::string& body,
                           Headers headers, const std::string& type = "application/json") {
    return seen_.ask(running.port(), row, {row.method, target, body, type, std::move(headers)});
  }
  http::ClientResponse ask(Running& running, Method method, std::string_view pattern, const std::string& target,
                           const std::string& body = "", const Headers& further = {}) {
    auto headers = allowed(running, row_of(method, pattern));
    headers.insert(headers.end(), further.begin(), further.end());
    return ask(running, row_of(method, pattern), target, body, std::move(headers));
  }

  void refuse_keys(Running& running);
  void refuse_bodies(Running& running);
  void miss_everything(Running& running);
  void break_rules(Running& running);
  void use_catalogue(Running& running);
  void move_experiments(Running& running);
  void page_through(Running& running);
  void see_stale_versions(Running& running);
  void evaluate_and_report(Running& running);
  void listen(Running& running);
  void quarantine(Running& running);
  void speak_growthbook(Running& running);
  void erase(Running& running);
  void let_go(Running& running);
  void handle_keys(Running& running);
  void preview(Running& running);
  void decide(Running& running);
  void share(Running& running);
  void look_back(Running& running);
  void keep_views(Running& running);
  void set_environment(Running& running);
  void size_up(Running& running);
  void set_up();
  void invite(Running& running);
  void look_after_oneself(Running& running);
  void sign_in_too_often(Running& running);
  void refuse_other_origins(Running& running);
  void operate(Running& running);
  void go_over_the_rate();
  void fill_the_pool();
  void fill_the_hashing();
  void fill_the_writer();
  void fill_the_streams();
  void repeat_while_answered();

  Seen seen_;
};

/// Of an administrator who has the password of these tests, made where there is none.
std::string Conformance::session(Running& running) {
  auto& service = running.service();
  const auto find = [](const storage::Catalogue& catalogue) { return catalogue.person("ada@example.com"); };
  auto person = service.ask(find);
  if (!person) {
    const auto link = app::invite(service, service.default_environment(),
                                  {"ada@example.com", "Ada", storage::Role::admin}, {"test", "", service.now()});
    person = app::join(service, link->token, "Ada", app::hash_password("correct horse battery").value());
  }
  return app::open_session(service, person->id).value();
}

void Conformance::refuse_keys(Running& running) {
  for (const auto& row : table()) {
    if (!takes_key(row) && !is_page(row)) continue;
    ask(running, row, filled(row, "nothing"), "", {});
    if (documents(row, 403)) ask(running, row, filled(row, "nothing"), "", bearer(running.key(fast::KeyKind::client)));
  }
}

void Conformance::refuse_bodies(Running& running) {
  for (const auto& row : table()) {
    auto headers = allowed(running, row);
    const auto target = filled(row, "nothing");
    if (row.max_body == 0) {
      ask(running, row, target, "x", headers);
      continue;
    }
    if (documents(row, 415)) ask(running, row, target, "text", headers, "text/html");
    headers.emplace_back("Content-Encoding", "gzip");
    ask(running, row, target, "no gzip", headers);
    ask(running, row, target, gzip(std::string(row.max_body + 1, ' ')), headers);
  }
}

void Conformance::miss_everything(Running& running) {
  for (const auto& row : table()) {
    if (!documents(row, 404) || row.pattern.find('{') == std::string_view::npos) continue;
    const std::string body = row.pattern.starts_with("/v1/people/") ? R"({"role":"editor"})" : "{}";
    ask(running, row, filled(row, "nothing"), row.max_body == 0 ? "" : body, allowed(running, row));
  }
}

void Conformance::break_rules(Running& running) {
  for (const auto& row : table()) {
    if (!documents(row, 422) || is_durable(row)) continue;
    const std::string query(takes_key(row) ? kUnknownParameter : "?token=%zz");
    ask(running, row, filled(row, "nothing") + query, row.max_body == 0 ? "" : R"({"colour":1})",
        allowed(running, row));
    if (row.max_body != 0) ask(running, row, filled(row, "nothing"), R"({"colour":1})", allowed(running, row));
  }
}

struct Resource {
  std::string pattern;
  std::string key;
  std::string document;
  std::string change;

  [[nodiscard]] std::string target() const { return pattern + "/" + key; }
  [[nodiscard]] std::string row() const { return pattern + "/{key}"; }
};

const std::vector<Resource>& resources() {
  static const std::vector<Resource> all{
      {"/v1/metrics", "revenue",
       R"({"key":"revenue","name":"Revenue","kind":"sum","event":"purchase","property":"total","decimals":2,)"
       R"("window":{"delay":"1h","length":"14d"},"direction":"increase","unit":"EUR"})",
       R"({"window":{"length":null},"property":null})"},
      {"/v1/layers", "shop", R"({"key":"shop","name":"Shop","holdout":"5%"})", R"({"holdout":[[0,50000]]})"},
      {"/v1/segments", "pro",
       R"({"key":"pro","name":"Pro","description":"d","owner":"o",)"
       R"("when":{"all":[["plan","in",["pro"]],{"not":["age","lt",18]},{"any":[["beta","is",true]]}]}})",
       R"({"list":{"unit":"user","ids":["u1","u2"]}})"},
      {"/v1/flags", "banner",
       R"({"key":"banner","name":"b","description":"d","type":"string","off_value":"a","default":"a","rules":)"
       R"([{"when":{"segment":"pro"},"give":"b"},{"give":"c","rollout":{"unit":"user","share":"20%"}}]})",
       R"({"enabled":false})"},
      {"/v1/experiments", "checkout",
       R"({"key":"checkout","name":"Checkout","hypothesis":"h","owner":"o","tags":["t"],"unit_type":"user",)"
       R"("layer":"shop","scheme":"touchstone-1","coverage":"40%","when":["country","in",["DE"]],"exposure":"client",)"
       R"("variants":[{"key":"control","name":"c","control":true,"weight":1},{"key":"one-page","weight":1}],)"
       R"("expects":{"price":{"control":1}},"plan":{"metrics":[{"metric":"revenue"},)"
       R"({"metric":"revenue2","role":"guardrail","margin":0.1}],"alpha":0.05,"method":{"id":"always-valid"},)"
       R"("horizon":{"units":1000},"smallest_effect":0.02,"crossover":"exclude"}})",
       R"({"when":null,"hypothesis":"One page sells more"})"}};
  return all;
}

void Conformance::use_catalogue(Running& running) {
  ask(running, Method::post, "/v1/metrics", "/v1/metrics", R"({"key":"revenue2","kind":"proportion","event":"e"})");
  ask(running, Method::post, "/v1/metrics", "/v1/metrics",
      R"({"key":"nps","kind":"score","event":"$survey","score":{"as":"nps"},"filter":[["survey","is","nps"]]})");
  ask(running, Method::post, "/v1/metrics", "/v1/metrics",
      R"({"key":"per-visit","kind":"ratio","event":"buy","denominator":{"event":"visit","of":"occurrence"}})");
  ask(running, Method::post, "/v1/metrics", "/v1/metrics",
      R"({"key":"steps","kind":"funnel","event":"visit","then":[{"event":"buy"}],"window":{"length":"7d"}})");
  for (const auto& resource : resources()) {
    const auto& [pattern, key, document, change] = resource;
    const auto target = resource.target();
    const auto row = resource.row();
    ASSERT_EQ(ask(running, Method::post, pattern, pattern, document, {{"Idempotency-Key", key}}).status, 201) << key;
    EXPECT_EQ(ask(running, Method::post, pattern, pattern, document, {{"Idempotency-Key", key}}).status, 201) << key;
    EXPECT_EQ(ask(running, Method::post, pattern, pattern, document).status, 409) << key;
    const auto shown = ask(running, Method::get, row, target);
    ask(running, Method::get, row, target, "", {{"If-None-Match", std::string(shown.header("ETag"))}});
    EXPECT_EQ(ask(running, Method::patch, row, target, change).status, 200) << key;
  }
}

void Conformance::move_experiments(Running& running) {
  const auto move = [&](const std::string& verb, const std::string& body, const Headers& headers = {}) {
    return ask(running, Method::post, "/v1/experiments/{key}:" + verb, "/v1/experiments/checkout:" + verb, body,
               headers)
        .status;
  };
  EXPECT_EQ(move("pause", "{}"), 409);
  EXPECT_EQ(move("resume", "{}"), 409);
  EXPECT_EQ(move("stop", "{}"), 409);
  EXPECT_EQ(ask(running, Method::get, "/v1/experiments/{key}/preflight", "/v1/experiments/checkout/preflight").status,
            200);
  EXPECT_EQ(move("start", "{}", {{"If-Match", "\"99\""}}), 412);
  EXPECT_EQ(move("start", R"({"at":"2026-01-01T00:00:00Z","reason":"sale"})"), 200);
  EXPECT_EQ(move("start", "{}"), 409);
  EXPECT_EQ(move("pause", ""), 200);
  EXPECT_EQ(move("resume", ""), 200);
  for (const std::string verb : {"pause", "resume", "stop", "archive"})
    EXPECT_EQ(move(verb, "{}", {{"If-Match", "\"99\""}}), 412) << verb;
  evaluate_and_report(running);
  EXPECT_EQ(move("stop", ""), 200);
  EXPECT_EQ(move("archive", ""), 200);
  EXPECT_EQ(move("archive", ""), 409);
}

void Conformance::evaluate_and_report(Running& running) {
  ask(running, Method::get, "/v1/evaluate", "/v1/evaluate?flag=checkout&unit=u1&attr.country=DE&num.age=7&bool.x=true");
  ask(running, Method::get, "/v1/evaluate", "/v1/evaluate?unit=u1");
  EXPECT_EQ(ask(running, Method::get, "/v1/evaluate", "/v1/evaluate?flag=none&unit=u1").status, 404);
  std::string many = "/v1/evaluate?unit=u1";
  for (int i = 0; i < 257; ++i) many += "&attr.a" + std::to_string(i) + "=";
  EXPECT_EQ(ask(running, Method::get, "/v1/evaluate", many).status, 413);
  ask(running, Method::post, "/v1/evaluate", "/v1/evaluate",
      R"({"flag":"checkout","units":[{"type":"user","id":"u1"}],"attributes":{"country":"DE","tags":["a"]}})");
  ask(running, Method::post, "/v1/evaluate", "/v1/evaluate", R"({"flags":["checkout","none"],"unit":"u1"})");
  EXPECT_EQ(ask(running, Method::post, "/v1/evaluate", "/v1/evaluate", R"({"flag":"none"})").status, 404);

  const std::string ofrep = "/ofrep/v1/evaluate/flags";
  const std::string context = R"({"context":{"targetingKey":"u1","country":"DE"}})";
  const auto flag = [&](const std::string& key, const std::string& body) {
    return ask(running, Method::post, ofrep + "/{key}", ofrep + "/" + key, body).status;
  };
  EXPECT_EQ(flag("checkout", context), 200);
  EXPECT_EQ(flag("checkout", "{}"), 400);
  EXPECT_EQ(flag("none", context), 404);
  const auto flags = ask(running, Method::post, ofrep, ofrep, context);
  EXPECT_EQ(flags.status, 200);
  EXPECT_EQ(
      ask(running, Method::post, ofrep, ofrep, context, {{"If-None-Match", std::string(flags.header("ETag"))}}).status,
      304);
  EXPECT_EQ(ask(running, Method::post, ofrep, ofrep, "{}").status, 400);

  const std::string track = "/ofrep/v1/track";
  const auto tracked = [&](const std::string& body) { return ask(running, Method::post, track, track, body).status; };
  EXPECT_EQ(tracked(R"({"context":{"targetingKey":"u1"},"sentAt":"2026-01-02T02:00:00Z","events":[{"id":"t1",)"
                    R"("name":"purchase","timestamp":"2026-01-02T01:00:00Z","details":{"value":3}}]})"),
            200);
  EXPECT_EQ(tracked("[]"), 400);

  const std::string explained = "/v1/explain?flag=checkout&unit=u1";
  EXPECT_EQ(ask(running, Method::get, "/v1/explain", explained + "&attr.country=DE&num.age=7&bool.x=true").status, 200);
  EXPECT_EQ(ask(running, Method::get, "/v1/explain", explained).status, 200);
  EXPECT_EQ(ask(running, Method::get, "/v1/explain", "/v1/explain?flag=none").status, 404);
  EXPECT_EQ(ask(running, Method::get, "/v1/explain", "/v1/explain" + many.substr(many.find('?'))).status, 413);
  EXPECT_EQ(ask(running, Method::post, "/v1/explain", "/v1/explain", R"({"flag":"checkout","unit":"u1"})").status, 200);
  EXPECT_EQ(ask(running, Method::post, "/v1/explain", "/v1/explain", R"({"flag":"none"})").status, 404);

  const std::string plan = "/v1/experiments/checkout/plan-change";
  const auto planned = [&](const std::string& change) {
    return ask(running, Method::post, "/v1/experiments/{key}/plan-change", plan, change).status;
  };
  EXPECT_EQ(planned(R"({"coverage":"30%"})"), 200);
  EXPECT_EQ(planned(R"({"unit_type":"device"})"), 409);

  const std::string exposure =
      R"({"id":"x1","type":"exposure","unit":"u1","ts":"2026-01-02T00:00:00Z","experiment":"checkout",)"
      R"("variant":"control","config_version":1,"attributes":{"price":1}})";
  const std::string purchase =
      R"({"id":"p1","type":"event","name":"purchase","unit":{"type":"user","id":"u1"},"ts":"2026-01-02T01:00:00.5Z",)"
      R"("value":2.5,"properties":{"total":3},"channel":"web","touchpoint":"basket"})";
  ask(running, Method::post, "/v1/events", "/v1/events",
      R"({"sent_at":"2026-01-03T00:00:00Z","events":[)" + exposure + "]}");
  ask(running, Method::post, "/v1/events", "/v1/events", exposure + "\n" + purchase + "\n");
  EXPECT_EQ(ask(running, Method::post, "/v1/events", "/v1/events", "[]]").status, 422);

  EXPECT_EQ(ask(running, Method::get, "/v1/events", "/v1/events?limit=2").status, 200);
  quarantine(running);
  const auto snapshot = ask(running, Method::get, "/v1/snapshot", "/v1/snapshot");
  ask(running, Method::get, "/v1/snapshot", "/v1/snapshot", "",
      {{"If-None-Match", std::string(snapshot.header("ETag"))}});
  for (const std::string stream : {"/v1/stream", "/ofrep/v1/stream"})
    EXPECT_EQ(ask(running, Method::get, stream, stream).status, 200) << stream;
  speak_growthbook(running);
  const std::string report = "/v1/experiments/checkout/report";
  ask(running, Method::get, "/v1/experiments/{key}/report", report);
  ask(running, Method::get, "/v1/experiments/{key}/report", report + "?pretty&until=2026-01-01T12:00:00Z");
  const std::string interactions = "/v1/experiments/checkout/interactions";
  ask(running, Method::get, "/v1/experiments/{key}/interactions", interactions);
  ask(running, Method::get, "/v1/experiments/{key}/survival", "/v1/experiments/checkout/survival");
  listen(running);
  for (const std::string target : {"/", "/console"})
    EXPECT_EQ(ask(running, Method::get, target, target).status, 200) << target;
  EXPECT_EQ(ask(running, Method::get, "/console/{page}", "/console/flags").status, 200);
  EXPECT_EQ(ask(running, Method::get, "/console/{page}/{key}", "/console/experiments/checkout").status, 200);
  EXPECT_EQ(ask(running, Method::get, "/experiments/{key}", "/experiments/checkout").status, 200);
  ask(running, Method::get, "/experiments/{key}", "/experiments/none", "", {{"Accept", "text/html"}});
}

void Conformance::listen(Running& running) {
  const std::string live = "/v1/experiments/checkout/live";
  const auto& row = row_of(Method::get, "/v1/experiments/{key}/live");
  for (const std::string query : {"", "?until=2026-01-02T00:00:00Z"}) {
    auto listener = Listener::with_key(running, running.key(fast::KeyKind::server), "", live + query);
    const auto state = listener.next("state");
    EXPECT_NE(state, "") << query;
    seen_.keep(row, {Method::get, live + query}, {listener.status(), state, listener.answer().headers});
  }
}

void Conformance::quarantine(Running& running) {
  ask(running, Method::post, "/v1/events", "/v1/events",
      R"({"id":"q1","type":"event","name":"purchase","unit":"u1","ts":"2099-01-01T00:00:00Z"})");
  EXPECT_EQ(ask(running, Method::get, "/v1/quarantine", "/v1/quarantine?limit=1").status, 200);
  const auto replay = [&](const std::string& body) {
    return ask(running, Method::post, "/v1/quarantine/replay", "/v1/quarantine/replay", body).status;
  };
  EXPECT_EQ(replay(R"({"ids":[1],"earlier":"100d"})"), 200);
  EXPECT_EQ(replay(R"({"ids":[77]})"), 404);
  EXPECT_EQ(ask(running, Method::get, "/v1/ledger", "/v1/ledger").status, 200);
}

void Conformance::speak_growthbook(Running& running) {
  const auto key = running.key(fast::KeyKind::sdk);
  const auto features = ask(running, Method::get, "/api/features/{client_key}", "/api/features/" + key);
  EXPECT_EQ(features.status, 200);
  ask(running, Method::get, "/api/features/{client_key}", "/api/features/" + key, "",
      {{"If-None-Match", std::string(features.header("ETag"))}});
  const auto evaluated = [&](const std::string& body) {
    return ask(running, Method::post, "/api/eval/{client_key}", "/api/eval/" + key, body).status;
  };
  EXPECT_EQ(
      evaluated(R"({"attributes":{"id":"u1","country":"DE"},"forcedVariations":{},"forcedFeatures":[],"url":""})"),
      200);
  EXPECT_EQ(evaluated(R"({"attributes":1})"), 422);
  const std::string viewed =
      R"([{"event_name":"Experiment Viewed","properties_json":{"experimentId":"checkout","variationId":"control",)"
      R"("hashAttribute":"id","hashValue":"u7"},"user_id":null,"device_id":"u7"},)"
      R"({"event_name":"Page View","properties_json":{"value":2},"user_id":"u7","device_id":null}])";
  EXPECT_EQ(ask(running, Method::post, "/track", "/track", viewed).status, 200);
  EXPECT_EQ(ask(running, Method::post, "/track", "/track", "{}").status, 422);
  EXPECT_EQ(ask(running, Method::get, "/sub/{client_key}", "/sub/" + key).status, 200);
}

void Conformance::page_through(Running& running) {
  for (const auto& row : table()) {
    if (row.method != Method::get || !row.contract.reads.empty() || !documents(row, 304)) continue;
    if (row.pattern.find('{') != std::string_view::npos) continue;
    const std::string target(row.pattern);
    const auto limited = takes_key(row) && !row.contract.query.empty() ? target + "?limit=1" : target;
    const auto first = ask(running, row.method, row.pattern, limited);
    EXPECT_EQ(first.status, 200) << limited;
    const auto tag = std::string(first.header("ETag"));
    EXPECT_EQ(ask(running, row.method, row.pattern, limited, "", {{"If-None-Match", tag}}).status, 304) << limited;
  }
}

void Conformance::see_stale_versions(Running& running) {
  for (const auto& resource : resources()) {
    const auto stale =
        ask(running, Method::patch, resource.row(), resource.target(), resource.change, {{"If-Match", "\"99\""}});
    EXPECT_EQ(stale.status, 412) << resource.key;
  }
}

void Conformance::erase(Running& running) {
  const std::string unit = "?unit_type=user&unit=u1";
  EXPECT_EQ(ask(running, Method::get, "/v1/units/erasure", "/v1/units/erasure" + unit).status, 404);
  EXPECT_EQ(ask(running, Method::del, "/v1/units", "/v1/units" + unit + "&linked=true").status, 200);
  EXPECT_EQ(ask(running, Method::get, "/v1/units/erasure", "/v1/units/erasure" + unit).status, 200);
  ask(running, Method::post, "/v1/events", "/v1/events",
      R"({"id":"gone","type":"event","name":"purchase","unit":"u1","ts":"2026-01-02T00:00:00Z"})");
  EXPECT_EQ(ask(running, Method::del, "/v1/units/erasure", "/v1/units/erasure" + unit).status, 204);
  EXPECT_EQ(ask(running, Method::del, "/v1/units/erasure", "/v1/units/erasure" + unit).status, 404);
  EXPECT_EQ(ask(running, Method::del, "/v1/units", "/v1/units").status, 422);
}

void Conformance::let_go(Running& running) {
  EXPECT_EQ(ask(running, Method::get, "/v1/retention", "/v1/retention").status, 200);
  EXPECT_EQ(ask(running, Method::put, "/v1/retention", "/v1/retention", R"({"months":1200})").status, 200);
  EXPECT_EQ(ask(running, Method::put, "/v1/retention", "/v1/retention", R"({"months":0})").status, 422);
  EXPECT_EQ(ask(running, Method::post, "/v1/retention/apply", "/v1/retention/apply").status, 200);
}

void Conformance::handle_keys(Running& running) {
  const auto made = ask(running, Method::post, "/v1/keys", "/v1/keys", R"({"kind":"server","name":"shop"})");
  EXPECT_EQ(made.status, 201);
  const auto one = "/v1/keys/" + member(made.body, "/id");
  EXPECT_EQ(ask(running, Method::del, "/v1/keys/{id}", one).status, 204);
  EXPECT_EQ(ask(running, Method::del, "/v1/keys/{id}", one).status, 409);
  EXPECT_EQ(ask(running, Method::get, "/v1/keys", "/v1/keys").status, 200);
}

void Conformance::preview(Running& running) {
  const auto status = [&](const std::string& body) {
    return ask(running, Method::post, "/v1/preview-links", "/v1/preview-links", body).status;
  };
  ask(running, Method::post, "/v1/experiments", "/v1/experiments?start",
      R"({"key":"looked-at","variants":[{"key":"a"},{"key":"b"}]})");
  EXPECT_EQ(status(R"({"experiment":"looked-at","variant":"b","page":"https://shop.example/"})"), 201);
  EXPECT_EQ(status(R"({"experiment":"nothing","variant":"b"})"), 404);
  ask(running, Method::post, "/v1/experiments/{key}:stop", "/v1/experiments/looked-at:stop");
  EXPECT_EQ(status(R"({"experiment":"looked-at","variant":"b"})"), 409);
}

void Conformance::decide(Running& running) {
  const auto decide = [&](const std::string& body) {
    return ask(running, Method::post, "/v1/experiments/{key}/decisions", "/v1/experiments/decided/decisions", body)
        .status;
  };
  EXPECT_EQ(decide(R"({"action":"extend"})"), 404);
  const std::string experiment = R"({"key":"decided","variants":[{"key":"a"},{"key":"b"}]})";
  ask(running, Method::post, "/v1/experiments", "/v1/experiments", experiment);
  EXPECT_EQ(decide(R"({"action":"extend"})"), 409);
  ask(running, Method::post, "/v1/experiments/{key}:start", "/v1/experiments/decided:start");
  EXPECT_EQ(decide(R"({"action":"extend"})"), 201);
  EXPECT_EQ(decide(R"({"action":"ship","variant":"b","reason":"the law asks for it"})"), 201);
  EXPECT_EQ(ask(running, Method::get, "/v1/experiments/{key}/decisions", "/v1/experiments/decided/decisions").status,
            200);
}

void Conformance::share(Running& running) {
  const std::string links = "/v1/experiments/decided/share-links";
  const auto made = ask(running, Method::post, "/v1/experiments/{key}/share-links", links, R"({"expires_in":"2d"})");
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(ask(running, Method::get, "/v1/experiments/{key}/share-links", links).status, 200);
  const auto page = member(made.body, "/path");
  EXPECT_EQ(ask(running, Method::get, "/shared/{token}", page).status, 200);
  const auto one = "/v1/share-links/" + member(made.body, "/id");
  EXPECT_EQ(ask(running, Method::del, "/v1/share-links/{id}", one).status, 204);
  EXPECT_EQ(ask(running, Method::get, "/shared/{token}", page).status, 404);
  for (const std::string file : {"csv", "json", "md", "html"})
    EXPECT_EQ(
        ask(running, Method::get, "/experiments/{key}/report." + file, "/experiments/decided/report." + file).status,
        200);
  for (const std::string drawing : {"changes.svg", "certainty.svg"})
    EXPECT_EQ(ask(running, Method::get, "/experiments/{key}/" + drawing, "/experiments/decided/" + drawing).status,
              200);
  const std::string series = "/experiments/{key}/series.ndjson";
  EXPECT_NE(ask(running, Method::get, series, "/experiments/checkout/series.ndjson").body.find(R"("entries")"),
            std::string::npos);
}

void Conformance::look_back(Running& running) {
  EXPECT_EQ(ask(running, Method::get, "/v1/portfolio", "/v1/portfolio?state=running&owner=o").status, 200);
  const auto done = [&](Method method, const std::string& pattern, const std::string& target, const std::string& body) {
    std::string status;
    do status = member(ask(running, method, pattern, target, body).body, "/status");
    while (status == "computing");
    EXPECT_EQ(status, "ready") << target;
  };
  done(Method::get, "/v1/sensitivity", "/v1/sensitivity", "");
  done(Method::get, "/v1/metrics/{key}/sensitivity", "/v1/metrics/revenue/sensitivity", "");
  done(Method::get, "/v1/segments/{key}/count", "/v1/segments/pro/count", "");
  done(Method::post, "/v1/segment-counts", "/v1/segment-counts", R"({"when":["country","in",["DE"]]})");
}

void Conformance::keep_views(Running& running) {
  const std::string view = R"({"key":"mine","name":"Mine","query":"state=running"})";
  EXPECT_EQ(ask(running, Method::post, "/v1/views", "/v1/views", view).status, 200);
  EXPECT_EQ(ask(running, Method::get, "/v1/views", "/v1/views").status, 200);
  auto& service = running.service();
  const auto other = app::create_key(service, service.default_environment(), fast::KeyKind::admin, "other",
                                     {"test", "", service.now()});
  EXPECT_EQ(ask(running, row_of(Method::post, "/v1/views"), "/v1/views", view, bearer(other->secret)).status, 409);
  EXPECT_EQ(ask(running, Method::del, "/v1/views/{key}", "/v1/views/mine").status, 204);
}

void Conformance::set_environment(Running& running) {
  const std::string target = "/v1/environment";
  EXPECT_EQ(ask(running, Method::get, target, target).status, 200);
  EXPECT_EQ(ask(running, Method::patch, target, target,
                R"({"time_zone":"Europe/Berlin","currency":"EUR","population":41000})")
                .status,
            200);
  EXPECT_EQ(ask(running, Method::patch, target, target, R"({"time_zone":"Mars/Phobos"})").status, 422);
  const auto stale = ask(running, row_of(Method::patch, target), target, R"({"currency":null})",
                         {{"Authorization", "Bearer " + running.key(fast::KeyKind::admin)}, {"If-Match", "\"99\""}});
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(stale.header("ETag"), "\"1\"");
}

void Conformance::size_up(Running& running) {
  const auto status = [&](const std::string& body) {
    return ask(running, Method::post, "/v1/sample-size", "/v1/sample-size", body).status;
  };
  ask(running, Method::post, "/v1/metrics", "/v1/metrics", R"({"key":"sized","kind":"proportion","event":"buy"})");
  ask(running, Method::post, "/v1/experiments", "/v1/experiments?start",
      R"({"key":"sized","variants":[{"key":"a"},{"key":"b"}],"plan":{"metrics":[{"metric":"sized"}]}})");
  EXPECT_EQ(status(R"({"baseline":{"rate":0.04},"effect":{"relative":0.05},"units_per_day":500})"), 200);
  EXPECT_EQ(status(R"({"baseline":{"rate":0.04},"claim":"equivalence","margin":{"relative":0.05},"units_per_day":9,)"
                   R"("method":"group-sequential","looks":3,"clusters":{"size":5,"intraclass":0.1}})"),
            200);
  EXPECT_EQ(status(R"({"baseline":{"rate":0.04},"effect":{"relative":0.05},"method":"group-sequential",)"
                   R"("futility":"non-binding"})"),
            200);
  EXPECT_EQ(status(R"({"experiment":"sized","metric":"sized","units":500})"), 409);
  EXPECT_EQ(status(R"({"experiment":"nothing","metric":"sized","units":500})"), 404);
}

const Headers kBrowser{{"Accept", "text/html"}};
const std::string kFirstPerson = R"({"name":"Ada","email":"ada@example.com","password":"correct horse battery"})";

void Conformance::set_up() {
  Running running;
  const auto link = [&] {
    return member(ask(running, Method::post, "/v1/setup-links", "/v1/setup-links").body, "/path");
  };
  const auto first = link();
  const auto second = link();
  const auto status = [&](const std::string& target, const std::string& body, const Headers& headers = {}) {
    return ask(running, Method::post, "/setup", target, body, headers).status;
  };
  EXPECT_EQ(ask(running, Method::get, "/setup", first).status, 200);
  EXPECT_EQ(status(first, R"({"email":"ada"})", kBrowser), 422);
  EXPECT_EQ(status("/setup?token=guess", kFirstPerson), 401);
  EXPECT_EQ(status("/setup?token=guess", kFirstPerson, kBrowser), 401);
  EXPECT_EQ(status(first, kFirstPerson), 200);
  EXPECT_EQ(status(second, kFirstPerson), 409);
  EXPECT_EQ(status(second, kFirstPerson, kBrowser), 409);
  EXPECT_EQ(ask(running, Method::post, "/v1/setup-links", "/v1/setup-links").status, 409);
  Running other;
  const auto path = member(setup_link(other).body, "/path");
  EXPECT_EQ(ask(other, Method::post, "/setup", path, kFirstPerson, kBrowser).status, 303);
}

void Conformance::invite(Running& running) {
  (void)session(running);
  const std::string grace = "/v1/people/grace@example.com";
  const std::string chosen = R"({"name":"Grace","password":"correct horse battery"})";
  const auto made = ask(running, Method::post, "/v1/people", "/v1/people", R"({"email":"grace@example.com"})");
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(ask(running, Method::post, "/v1/people", "/v1/people", R"({"email":"grace@example.com"})").status, 409);
  EXPECT_EQ(ask(running, Method::get, "/v1/people", "/v1/people").status, 200);
  EXPECT_EQ(ask(running, Method::patch, "/v1/people/{email}", grace, R"({"role":"analyst"})").status, 200);
  EXPECT_EQ(
      ask(running, Method::patch, "/v1/people/{email}", "/v1/people/ada@example.com", R"({"disabled":true})").status,
      409);
  const auto reset = [&] { return ask(running, Method::post, "/v1/people/{email}:reset", grace + ":reset"); };
  const auto path = member(reset().body, "/path");
  const auto join = [&](const std::string& body, const Headers& headers) {
    return ask(running, Method::post, "/join", path, body, headers).status;
  };
  EXPECT_EQ(ask(running, Method::get, "/join", path).status, 200);
  EXPECT_EQ(join(R"({"password":"short"})", kBrowser), 422);
  EXPECT_EQ(join(R"({"password":"short"})", {}), 422);
  EXPECT_EQ(join(chosen, {}), 200);
  for (const auto& headers : {kBrowser, Headers{}}) {
    EXPECT_EQ(join(chosen, headers), 401);
    EXPECT_EQ(ask(running, Method::get, "/join", path, "", headers).status, 401);
  }
  EXPECT_EQ(ask(running, Method::post, "/join", member(reset().body, "/path"), chosen, kBrowser).status, 303);
  ask(running, Method::patch, "/v1/people/{email}", grace, R"({"disabled":true})");
  EXPECT_EQ(reset().status, 409);
}

void Conformance::look_after_oneself(Running& running) {
  EXPECT_EQ(ask(running, Method::get, "/v1/me", "/v1/me").status, 200);
  EXPECT_EQ(ask(running, Method::get, "/v1/me/sessions", "/v1/me/sessions").status, 200);
  EXPECT_EQ(ask(running, Method::post, "/v1/me/password", "/v1/me/password",
                R"({"old_password":"correct horse battery","password":"staple battery horse"})")
                .status,
            204);
  const Headers mine{{"Cookie", "touchstone_session=" + session(running)}, {"X-API-Key", "session"}};
  const auto id = member(ask(running, row_of(Method::get, "/v1/me"), "/v1/me", "", mine).body, "/session");
  const auto& ends = row_of(Method::del, "/v1/me/sessions/{id}");
  EXPECT_EQ(ask(running, ends, "/v1/me/sessions/" + id, "", mine).status, 204);
  EXPECT_EQ(ask(running, Method::del, "/v1/me/sessions", "/v1/me/sessions").status, 204);
}

void Conformance::refuse_other_origins(Running& running) {
  for (const std::string target : {"/setup", "/join", "/sign-in"})
    EXPECT_EQ(ask(running, Method::post, target, target, "{}", {{"Origin", "https://evil.example"}}).status, 403);
}

void Conformance::sign_in_too_often(Running& running) {
  const auto status = [&](const std::string& password, const Headers& headers) {
    const std::string body = R"({"email":"ada@example.com","password":")" + password + "\"}";
    return ask(running, Method::post, "/sign-in", "/sign-in", body, headers).status;
  };
  EXPECT_EQ(ask(running, Method::get, "/sign-in", "/sign-in?next=/experiments/checkout").status, 200);
  EXPECT_EQ(status("staple battery horse", {}), 200);
  EXPECT_EQ(status("staple battery horse", kBrowser), 303);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(status("a wrong one", i % 2 == 0 ? kBrowser : Headers{}), 401);
  EXPECT_EQ(status("a wrong one", kBrowser), 429);
  EXPECT_EQ(status("a wrong one", {}), 429);
}

void Conformance::operate(Running& running) {
  for (const std::string target :
       {"/healthz", "/readyz", "/metrics", "/version", "/docs", "/openapi.json", "/schemas/report.json"})
    EXPECT_EQ(ask(running, Method::get, target, target).status, 200) << target;
  const auto schema = ask(running, Method::get, "/schemas/report.json", "/schemas/report.json");
  EXPECT_EQ(ask(running, Method::get, "/schemas/report.json", "/schemas/report.json", "",
                {{"If-None-Match", std::string(schema.header("ETag"))}})
                .status,
            304);
  const auto style = ask(running, Method::get, "/assets/{file}", "/assets/style.css");
  EXPECT_EQ(style.status, 200);
  const Headers known{{"If-None-Match", std::string(style.header("ETag"))}};
  EXPECT_EQ(ask(running, Method::get, "/assets/{file}", "/assets/style.css", "", known).status, 304);
  EXPECT_EQ(ask(running, Method::get, "/assets/{file}", "/assets/nothing.js").status, 404);
  running.service().stop();
  EXPECT_EQ(ask(running, Method::get, "/readyz", "/readyz").status, 503);
}

/// One request a second: whoever asks again at once is over it.
void Conformance::go_over_the_rate() {
  Running running({}, {.front = {.rate_limit = 1, .slow_rate_limit = 1}});
  for (const auto& row : table()) {
    if (!takes_key(row)) continue;
    int status = 0;
    for (int attempt = 0; attempt < 100 && status != 429; ++attempt)
      status = ask(running, row, filled(row, "nothing"), "", allowed(running, row)).status;
    EXPECT_EQ(status, 429) << row.pattern;
  }
}

/// One slow thread, which is busy, and one place to wait, which is taken.
void Conformance::fill_the_pool() {
  Gate gate;
  const http::SlowHandler hold = [&gate](const http::Request&) {
    gate.wait();
    return http::Response{};
  };
  Running running({}, {.routes = {{Method::get, "/hold", 0, hold}}, .slow_threads = 1, .slow_queue = 1});
  const auto stay = [port = running.port()] { (void)http::Client("127.0.0.1", port).send({.target = "/hold"}); };
  std::thread busy(stay);
  gate.until_somebody_waits();
  std::thread waiting(stay);
  while (running.counters().slow_queued == 0) std::this_thread::yield();
  for (const auto& row : table())
    if (documents(row, 503) && !is_durable(row) && !is_stream(row) && !is_hashing(row))
      ask(running, row, filled(row, "nothing"), "", allowed(running, row));
  gate.open();
  busy.join();
  waiting.join();
}

/// No password may wait.
void Conformance::fill_the_hashing() {
  Running running({}, {.front = {.hash_queue = 0}});
  for (const auto& row : table())
    if (is_hashing(row)) {
      EXPECT_EQ(ask(running, row, std::string(row.pattern), "", {}).status, 503) << row.pattern;
    }
}

/// A writer that is held up, and one place to wait, which is taken.
void Conformance::fill_the_writer() {
  const std::string event = R"([{"type":"event","name":"a","unit":"u","ts":"2026-01-02T00:00:00Z"}])";
  const std::string tracked =
      R"({"context":{"targetingKey":"u"},"events":[{"name":"a","timestamp":"2026-01-02T00:00:00Z"}]})";
  app::ServiceOptions options;
  options.writer.queue_events = 1;
  Running running(options);
  const auto headers = bearer(running.key(fast::KeyKind::admin));
  Gate gate;
  hold_writer(running, gate);
  const http::ClientRequest request{Method::post, "/v1/events", event, "application/json", headers};
  std::thread waiting([&] { (void)http::Client("127.0.0.1", running.port()).send(request); });
  while (running.service().writer().state().queued_events == 0) std::this_thread::yield();
  const auto fitting = [&](const Row& row) -> std::string {
    if (row.pattern == "/track") return R"([{"event_name":"a","user_id":"u"}])";
    return row.wording == Wording::ofrep ? tracked : event;
  };
  for (const auto& row : table())
    if (is_durable(row)) ask(running, row, std::string(row.pattern), fitting(row), headers);
  gate.open();
  waiting.join();
}

/// One stream may be open, and is.
void Conformance::fill_the_streams() {
  Running running({}, {.streams = 1});
  running.post("/v1/experiments", R"({"key":"nothing","variants":[{"key":"a"},{"key":"b"}]})");
  const auto headers = bearer(running.key(fast::KeyKind::admin));
  http::test::Wire wire(running.port());
  wire.send("GET /v1/stream HTTP/1.1\r\nHost: a\r\nAuthorization: " + headers.front().second + "\r\n\r\n");
  ASSERT_TRUE(wire.read_through("\n\n"));
  for (const auto& row : table()) {
    if (!is_stream(row)) continue;
    EXPECT_EQ(ask(running, row, filled(row, "nothing"), "", headers).status, 503) << row.pattern;
  }
}

/// Two requests with one Idempotency-Key, while nothing can be written: one of them is told to wait.
void Conformance::repeat_while_answered() {
  for (const auto& [pattern, target, body] :
       {std::tuple{"/v1/keys", "/v1/keys", R"({"kind":"client"})"},
        std::tuple{"/v1/setup-links", "/v1/setup-links", ""},
        std::tuple{"/v1/experiments/{key}/share-links", "/v1/experiments/e/share-links", ""}}) {
    Running running;
    running.post("/v1/experiments", R"({"key":"e","variants":[{"key":"a"},{"key":"b"}]})");
    auto headers = bearer(running.key(fast::KeyKind::admin));
    headers.emplace_back("Idempotency-Key", "same");
    const http::ClientRequest request{Method::post, target, body, "application/json", headers};
    Gate gate;
    Gate answered;
    hold_writer(running, gate);
    std::array<http::ClientResponse, 2> answers;
    const auto send = [&](std::size_t which) {
      answers[which] = http::Client("127.0.0.1", running.port()).send(request).value();
      answered.wait();
    };
    std::thread first(send, 0);
    std::thread second(send, 1);
    answered.until_somebody_waits();
    gate.open();
    answered.open();
    first.join();
    second.join();
    EXPECT_EQ(answers[0].status + answers[1].status, 409 + 201) << pattern;
    for (const auto& answer : answers) seen_.keep(row_of(Method::post, pattern), request, answer);
  }
}

TEST_F(Conformance, EveryDocumentedStatusIsSeenAndEveryAnswerFitsItsSchema) {
  Running running;
  refuse_keys(running);
  refuse_bodies(running);
  miss_everything(running);
  break_rules(running);
  use_catalogue(running);
  page_through(running);
  see_stale_versions(running);
  move_experiments(running);
  erase(running);
  let_go(running);
  handle_keys(running);
  preview(running);
  decide(running);
  share(running);
  look_back(running);
  keep_views(running);
  set_environment(running);
  size_up(running);
  set_up();
  invite(running);
  look_after_oneself(running);
  refuse_other_origins(running);
  sign_in_too_often(running);
  const auto document = running.get("/openapi.json").body;
  operate(running);
  go_over_the_rate();
  fill_the_pool();
  fill_the_hashing();
  fill_the_writer();
  fill_the_streams();
  repeat_while_answered();

  for (const auto& row : table()) {
    std::set<int> documented;
    for (const auto& answer : answers_of(row)) documented.insert(answer.status);
    EXPECT_EQ(seen_.statuses(row), documented) << method_word(row.method) << " " << row.pattern;
  }
  const Scratch scratch;
  const auto file = scratch.path() / "answers.json";
  seen_.write(file, document);
  const std::string checker = TOUCHSTONE_SOURCE_DIR "/tests/service/api/check_answers.py";
  const auto check = "/usr/bin/python3 '" + checker + "' '" + file.string() + "' >&2";
  EXPECT_EQ(std::system(check.c_str()), 0);  // NOLINT(concurrency-mt-unsafe): no other thread starts a program
}

}  // namespace
}  // namespace touchstone::api
