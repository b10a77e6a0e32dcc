#include "service/cli/demo_season.hpp"

#include <future>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"
#include "service/simulate/planted.hpp"

namespace touchstone::cli {
namespace {

using codec::JsonWriter;

constexpr std::uint32_t kTogether = 32;  // customers that are asked for in one go
constexpr std::size_t kBatch = 1000;     // events that are worth sending
constexpr std::uint32_t kPlannedDays = 28;
constexpr int kPlayers = 6;

std::string metric_document(const simulate::ShopMetric& metric) {
  std::string body;
  JsonWriter json(body);
  json.begin_object()
      .key("key")
      .text(metric.key)
      .key("name")
      .text(metric.name)
      .key("kind")
      .text(metric.kind)
      .key("event")
      .text(metric.event);
  json.key("direction").text(metric.direction);
  if (!metric.stage.empty()) json.key("stage").text(metric.stage);
  if (!metric.property.empty()) json.key("property").text(metric.property);
  if (!metric.window.empty())
    json.key("window").begin_object().key("delay").text(metric.delay).key("length").text(metric.window).end_object();
  json.end_object();
  if (!metric.more.empty()) body.insert(body.size() - 1, "," + std::string(metric.more));
  return body;
}

void append_variant(JsonWriter& json, std::string_view flag, std::string_view key, bool treatment) {
  json.begin_object().key("key").text(key).key("control").boolean(!treatment);
  json.key("values").begin_object().key(flag).boolean(treatment).end_object().end_object();
}

void append_plan(JsonWriter& json, const simulate::Planted& planted, Time ends) {
  json.key("plan").begin_object().key("metrics").begin_array();
  json.begin_object().key("metric").text(planted.goal).key("role").text("goal").end_object();
  for (const auto& guardrail : planted.guardrails) {
    if (guardrail.metric.empty()) continue;
    json.begin_object().key("metric").text(guardrail.metric).key("role").text("guardrail");
    json.key("margin").number(guardrail.margin).end_object();
  }
  json.end_array().key("smallest_effect").number(planted.smallest_effect);
  json.key("horizon").begin_object().key("ends_at").text(codec::time_text(ends)).end_object().end_object();
}

/// The trial is offered to new and to loyal customers.
void append_audience(JsonWriter& json, const simulate::Planted& planted) {
  if (planted.met_at != simulate::Touchpoint::trial) return;
  json.key("when").begin_array().text("loyalty").text("in");
  json.begin_array().text("new").text("loyal").end_array().end_array();
}

std::string experiment_document(const simulate::Planted& planted, Time ends) {
  std::string body;
  JsonWriter json(body);
  json.begin_object().key("key").text(planted.key).key("name").text(planted.name);
  json.key("hypothesis").text(planted.hypothesis).key("exposure").text("client");
  append_audience(json, planted);
  json.key("variants").begin_array();
  append_variant(json, planted.key, "control", false);
  append_variant(json, planted.key, planted.treatment, true);
  json.end_array();
  append_plan(json, planted, ends);
  json.end_object();
  return body;
}

std::string decision_document(const simulate::ShopDecision& decided) {
  std::string body;
  JsonWriter json(body);
  json.begin_object().key("action").text(decided.action).key("reason").text(decided.reason);
  if (!decided.variant.empty()) json.key("variant").text(decided.variant);
  json.end_object();
  return body;
}

std::string at(Time time) { return "{\"at\":\"" + codec::time_text(time) + "\"}"; }

std::string move_of(const simulate::Planted& planted, std::string_view move) {
  return "/v1/experiments/" + std::string(planted.key) + ":" + std::string(move);
}

}  // namespace

Status DemoSeason::agree() {
  for (const auto& metric : simulate::shop_metrics())
    if (auto made = client_.post("/v1/metrics", metric_document(metric)); !made) return made.error();
  for (const auto& planted : simulate::planted_experiments())
    if (auto agreed = agree_on(planted); !agreed) return agreed;
  return ok();
}

Status DemoSeason::agree_on(const simulate::Planted& planted) {
  const Time from = begins(shop_, planted);
  const Time until = planted.runs_since == 0 ? ends(shop_) : from + std::chrono::days(kPlannedDays);
  if (auto made = client_.post("/v1/experiments", experiment_document(planted, until)); !made) return made.error();
  const auto started = client_.post(move_of(planted, "start"), at(from));
  return started ? ok() : Status(started.error());
}

/// Hands out the customers in groups, each to one player.
class DemoSeason::Turn {
 public:
  Turn(const simulate::ShopOptions& shop, const std::function<void(std::uint32_t)>& progress)
      : shop_(shop), progress_(progress) {}

  /// Empty where all are taken.
  std::vector<simulate::Customer> next() {
    const std::lock_guard lock(mutex_);
    std::vector<simulate::Customer> group;
    while (group.size() < kTogether && next_ < shop_.customers) group.push_back(simulate::customer(shop_, next_++));
    return group;
  }

  void told(std::size_t customers) {
    const std::lock_guard lock(mutex_);
    progress_(lived_ += static_cast<std::uint32_t>(customers));
  }

 private:
  const simulate::ShopOptions& shop_;
  const std::function<void(std::uint32_t)>& progress_;
  std::mutex mutex_;
  std::uint32_t next_ = 0;
  std::uint32_t lived_ = 0;
};

Result<std::uint64_t> DemoSeason::play(const std::function<void(std::uint32_t)>& progress) {
  Turn turn(shop_, progress);
  std::vector<std::future<Result<std::uint64_t>>> players;
  for (int i = 0; i < kPlayers; ++i)
    players.push_back(std::async(std::launch::async, [this, &turn] { return play_in_turn(turn); }));
  Result<std::uint64_t> stored = std::uint64_t{0};
  for (auto& player : players) {
    const auto more = player.get();
    if (stored && more) stored = *stored + *more;
    if (!more) stored = more.error();
  }
  return stored;
}

Result<std::uint64_t> DemoSeason::play_in_turn(Turn& turn) const {
  ShopClient client = connect_();
  std::uint64_t stored = 0;
  storage::EventBatch waiting;
  std::size_t lived = 0;
  for (auto group = turn.next(); !group.empty(); group = turn.next()) {
    const auto sights = client.ask(group);
    if (!sights) return sights.error();
    for (std::size_t i = 0; i < group.size(); ++i)
      simulate::live(
          shop_, group[i], [&](std::size_t experiment) { return (*sights)[i][experiment]; }, waiting);
    lived += group.size();
    if (waiting.events.size() < kBatch) continue;
    const auto sent = client.send(waiting);
    if (!sent) return sent.error();
    stored += *sent;
    turn.told(std::exchange(lived, 0));
  }
  const auto sent = client.send(waiting);
  if (!sent) return sent.error();
  turn.told(lived);
  return stored + *sent;
}

Status DemoSeason::close() {
  for (const auto& planted : simulate::planted_experiments()) {
    if (planted.runs_since != 0) continue;
    if (auto stopped = client_.post(move_of(planted, "stop"), at(ends(shop_))); !stopped) return stopped.error();
    if (planted.decided.action.empty()) continue;
    const auto log = "/v1/experiments/" + std::string(planted.key) + "/decisions";
    if (auto made = client_.post(log, decision_document(planted.decided)); !made) return made.error();
  }
  return ok();
}

}  // namespace touchstone::cli
