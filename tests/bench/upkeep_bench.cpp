// What it costs to keep the figures of experiments current while events come in, in batches of 1,000 and in order of
// time. `upkeep_bench live N UNITS` has N experiments that every unit is in, each with five metrics over seven days;
// `upkeep_bench sqlite UNITS` keeps five sums a unit by UPSERT in a database in memory. Prints CPU nanoseconds an event
// and bytes in memory as JSON.

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "service/judge/aggregates.hpp"

namespace {

using namespace touchstone;
using namespace std::chrono_literals;

constexpr int kSteps = 9;  ///< events of a unit after its exposures
constexpr std::size_t kBatch = 1'000;
constexpr auto kEntries = 30 * 24h;
constexpr auto kBetween = 20h;
constexpr Time kStart{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
constexpr std::array<std::string_view, kSteps> kNames{"visit", "visit", "visit",  "purchase", "visit",
                                                      "help",  "visit", "rating", "purchase"};

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

std::size_t resident_bytes() {
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  unsigned long pages[2] = {0, 0};
  if (file == nullptr || std::fscanf(file, "%lu %lu", &pages[0], &pages[1]) != 2) std::abort();
  std::fclose(file);
  return pages[1] * 4096;
}

/// What unit `unit` did in step `step` of its life; step 0 is its entry.
struct Happening {
  int unit = 0;
  int step = 0;
  Time te{};
  std::string_view name;
  std::optional<double> value;
};

/// Nearly in order of time: units enter one after the other, and each does something every 20 hours.
template <class Visit>
void for_each_happening(int units, const Visit& visit) {
  const int behind = static_cast<int>(units * (kBetween / 1h) / (kEntries / 1h));
  for (int start = 0; start < units + kSteps * behind; ++start)
    for (int step = 0; step <= kSteps; ++step) {
      const int unit = start - step * behind;
      if (unit < 0 || unit >= units) continue;
      Happening one{unit, step, kStart + kEntries * unit / units + kBetween * step, {}, {}};
      const unsigned dice = (static_cast<unsigned>(unit) * 7919U + static_cast<unsigned>(step) * 104'729U) % 9973U;
      if (step > 0) one.name = dice % 3 == 0 ? kNames.at(static_cast<std::size_t>(step - 1)) : "visit";
      if (one.name == "purchase" || one.name == "rating") one.value = dice % 97 + 0.25;
      visit(one);
    }
}

std::vector<storage::Metric> five_metrics() {
  using storage::MetricKind;
  struct Kind {
    const char* key;
    MetricKind kind;
    const char* event;
  };
  std::vector<storage::Metric> all;
  for (const auto& [key, kind, event] :
       {Kind{"bought", MetricKind::proportion, "purchase"}, Kind{"spent", MetricKind::sum, "purchase"},
        Kind{"visits", MetricKind::count, "visit"}, Kind{"helped", MetricKind::proportion, "help"},
        Kind{"rated", MetricKind::mean, "rating"}}) {
    storage::Metric& metric = all.emplace_back();
    metric.key = key;
    metric.kind = kind;
    metric.event = event;
    metric.window.length = 7 * 24h;
  }
  return all;
}

storage::Experiment experiment(std::string key, const std::vector<storage::Metric>& metrics) {
  storage::Experiment made;
  made.key = std::move(key);
  made.scheme = "external";
  made.state = storage::ExperimentState::running;
  for (const char* variant : {"control", "treatment"}) {
    storage::Variant& one = made.variants.emplace_back();
    one.key = variant;
    one.control = made.variants.size() == 1;
    one.weight = 500'000;
  }
  storage::Phase& phase = made.phases.emplace_back();
  phase.started_at = kStart;
  phase.weights = {500'000, 500'000};
  made.plan.method = {"always-valid", 2};
  for (const storage::Metric& metric : metrics) {
    storage::PlanMetric& part = made.plan.metrics.emplace_back();
    part.metric = metric.key;
    part.version = metric.version;
  }
  return made;
}

/// A batch on its way, as the journal's writer shows it.
class Batch {
 public:
  explicit Batch(judge::Aggregates& view) : view_(view) {}

  void add(storage::Event event, int unit, Time te) {
    event.unit = {"user", text_.keep("customer-" + std::to_string(unit))};
    event.id = text_.keep("e" + std::to_string(++seq_));
    event.ts = te;
    events_.push_back({event, seq_, te, te, 0});
    if (events_.size() == kBatch) send();
  }
  void send() {
    const double before = cpu_seconds();
    view_.apply(events_);
    view_.settle(events_);
    view_.bring_current();
    spent_ += cpu_seconds() - before;
    events_.clear();
    text_ = {};
  }
  [[nodiscard]] double spent() const { return spent_; }
  [[nodiscard]] std::uint64_t count() const { return seq_; }

 private:
  judge::Aggregates& view_;
  std::vector<storage::StoredEvent> events_;
  assign::TextArena text_;
  std::uint64_t seq_ = 0;
  double spent_ = 0;
};

void live(int experiments, int units) {
  judge::Aggregates view;
  const auto metrics = five_metrics();
  std::vector<std::string> keys;
  for (int e = 0; e < experiments; ++e) {
    keys.push_back("experiment-" + std::to_string(e));
    view.put(experiment(keys.back(), metrics), metrics);
  }
  Batch batch(view);
  const std::size_t before = resident_bytes();
  for_each_happening(units, [&](const Happening& one) {
    storage::Event event;
    if (one.step > 0) {
      event.name = one.name;
      event.value = one.value;
      return batch.add(event, one.unit, one.te);
    }
    event.type = storage::EventType::exposure;
    for (const std::string& key : keys) {
      event.experiment = key;
      event.variant = (static_cast<unsigned>(one.unit) * 2'654'435'761U >> 7U & 1U) != 0 ? "treatment" : "control";
      batch.add(event, one.unit, one.te);
    }
  });
  batch.send();
  std::int64_t in = 0;
  for (const std::string& key : keys)
    for (std::size_t v = 0; v < 2; ++v) in += view.cells(key)->at(0, v).units;
  if (in != std::int64_t{units} * experiments) std::abort();
  std::printf(R"({"events": %llu, "seconds": %.6f, "bytes": %zu})"
              "\n",
              static_cast<unsigned long long>(batch.count()), batch.spent(), resident_bytes() - before);
}

void must(bool that) {
  if (!that) std::abort();
}

void sqlite(int units) {
  sqlite3* db = nullptr;
  must(sqlite3_open(":memory:", &db) == SQLITE_OK);
  const auto run = [db](const char* sql) { must(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK); };
  run("CREATE TABLE of_unit (unit TEXT PRIMARY KEY, m0 REAL, m1 REAL, m2 REAL, m3 REAL, m4 REAL) WITHOUT ROWID");
  sqlite3_stmt* upsert = nullptr;
  must(sqlite3_prepare_v2(
           db,
           "INSERT INTO of_unit VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (unit) DO UPDATE SET m0 = m0 + ?2, "
           "m1 = m1 + ?3, m2 = m2 + ?4, m3 = m3 + ?5, m4 = m4 + ?6",
           -1, &upsert, nullptr) == SQLITE_OK);
  std::uint64_t events = 0;
  const double before = cpu_seconds();
  run("BEGIN");
  for_each_happening(units, [&](const Happening& one) {
    const std::string unit = "customer-" + std::to_string(one.unit);
    sqlite3_bind_text(upsert, 1, unit.data(), static_cast<int>(unit.size()), SQLITE_STATIC);
    sqlite3_bind_double(upsert, 2, one.name == "purchase" ? 1 : 0);
    sqlite3_bind_double(upsert, 3, one.name == "purchase" ? *one.value : 0);
    sqlite3_bind_double(upsert, 4, one.name == "visit" ? 1 : 0);
    sqlite3_bind_double(upsert, 5, one.name == "help" ? 1 : 0);
    sqlite3_bind_double(upsert, 6, one.name == "rating" ? *one.value : 0);
    must(sqlite3_step(upsert) == SQLITE_DONE);
    sqlite3_reset(upsert);
    if (++events % 10'000 == 0) run("COMMIT; BEGIN");
  });
  run("COMMIT");
  std::printf(R"({"events": %llu, "seconds": %.6f})"
              "\n",
              static_cast<unsigned long long>(events), cpu_seconds() - before);
  sqlite3_finalize(upsert);
  sqlite3_close(db);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 4 && std::string_view(argv[1]) == "live") {
    live(std::atoi(argv[2]), std::atoi(argv[3]));
  } else if (argc == 3 && std::string_view(argv[1]) == "sqlite") {
    sqlite(std::atoi(argv[2]));
  } else {
    return 2;
  }
}
