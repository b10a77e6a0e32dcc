#include "service/app/service.hpp"

#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "assign/decide.hpp"
#include "service/app/definitions.hpp"
#include "service/app/experiments.hpp"
#include "service/app/keys.hpp"
#include "service/app/report_cache.hpp"
#include "service/app/reports.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/report_json.hpp"
#include "service/codec/time_text.hpp"
#include "storage/checkpoint.hpp"
#include "tests/service/app/scratch.hpp"

namespace touchstone::app {
namespace {

std::unique_ptr<Service> serve(const Scratch& scratch) {
  auto service = Service::open(scratch.path() / "data");
  if (!service) throw std::runtime_error(service.error().message);
  return std::move(service).value();
}

storage::Actor somebody(const Service& service) { return {"tester", "", service.now()}; }

Status put_metric(Service& service, const std::string& document) {
  auto metric = codec::read_new_metric(document);
  if (!metric) return metric.error();
  return service.change(service.default_environment(), somebody(service),
                        [&](Revision& revision) { return add_metric(revision, *metric); });
}

Status put_experiment(Service& service, const std::string& document) {
  auto experiment = codec::read_new_experiment(document);
  if (!experiment) return experiment.error();
  return service.change(service.default_environment(), somebody(service),
                        [&](Revision& revision) { return add_experiment(revision, *experiment); });
}

Status move(Service& service, const std::string& key, Move step) {
  return service.change(service.default_environment(), somebody(service),
                        [&](Revision& revision) { return move_experiment(revision, key, step, std::nullopt); });
}

const std::string kMetric = R"({"key":"purchase","kind":"proportion","event":"purchase"})";
const std::string kExperiment =
    R"({"key":"checkout","variants":[{"key":"control"},{"key":"one-page"}],"plan":{"metrics":[{"metric":"purchase"}]}})";

assign::Decision decide(const Service& service, std::string_view flag, const assign::Unit& unit) {
  const auto view = service.view().load();
  static std::shared_ptr<const assign::Snapshot> kept;
  kept = view->snapshots[service.default_environment()];
  return assign::decide(*kept, flag, {{&unit, 1}, {}, {}});
}

std::size_t assigned_units(const Service& service) {
  std::size_t assigned = 0;
  for (int i = 0; i < 200; ++i) {
    const auto id = "u" + std::to_string(i);
    assigned += decide(service, "checkout", {"user", id}).variant.empty() ? 0 : 1;
  }
  return assigned;
}

void send(Service& service, const std::string& body) {
  auto read = codec::read_events(body);
  ASSERT_TRUE(read) << read.error().message;
  storage::EventSubmission submission;
  submission.environment = service.default_environment();
  submission.batch = std::move(read->batch);
  ASSERT_TRUE(service.writer().submit_and_wait(std::move(submission)));
}

/// An exposure and, for every third unit, a purchase.
std::string story(const Service& service, int first, int last) {
  std::string lines;
  for (int i = first; i < last; ++i) {
    const auto id = "u" + std::to_string(i);
    const std::string variant(decide(service, "checkout", {"user", id}).variant);
    const auto ts = codec::time_text(service.now());
    lines += R"({"id":"x)" + id + R"(","type":"exposure","unit":")" + id + R"(","ts":")" + ts +
             R"(","experiment":"checkout","variant":")" + variant + "\"}\n";
    if (i % 3 == 0)
      lines +=
          R"({"id":"p)" + id + R"(","type":"event","name":"purchase","unit":")" + id + R"(","ts":")" + ts + "\"}\n";
  }
  return lines;
}

TEST(AppService, ANewDirectoryHasOneEnvironmentAndIsReady) {
  const Scratch scratch;
  const auto service = serve(scratch);
  EXPECT_EQ(service->environments().size(), 1U);
  EXPECT_EQ(service->tenant(service->default_environment()).key, "production");
  EXPECT_TRUE(service->not_ready().empty());
}

TEST(AppService, ADirectoryHasOneOwner) {
  const Scratch scratch;
  const auto service = serve(scratch);
  const auto second = Service::open(scratch.path() / "data");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
}

TEST(AppService, AnExperimentMakesItsLayerAndFlagAndDecidesOnlyWhileItRuns) {
  const Scratch scratch;
  const auto service = serve(scratch);
  ASSERT_TRUE(put_metric(*service, kMetric));
  ASSERT_TRUE(put_experiment(*service, kExperiment));
  const auto agreed = service->agreed(service->default_environment());
  EXPECT_TRUE(agreed->layers.contains("checkout"));
  ASSERT_TRUE(agreed->flags.contains("checkout"));
  EXPECT_EQ(agreed->flags.at("checkout").rules.type, assign::ValueType::boolean);
  EXPECT_EQ(agreed->experiments.at("checkout").layer, "checkout");

  EXPECT_EQ(assigned_units(*service), 0U);
  ASSERT_TRUE(move(*service, "checkout", Move::start));
  EXPECT_EQ(assigned_units(*service), 200U);
  ASSERT_TRUE(move(*service, "checkout", Move::pause));
  EXPECT_EQ(assigned_units(*service), 0U);
  EXPECT_EQ(decide(*service, "checkout", {"user", "u1"}).value, "false");
  ASSERT_TRUE(move(*service, "checkout", Move::resume));
  EXPECT_EQ(assigned_units(*service), 200U);
  ASSERT_TRUE(move(*service, "checkout", Move::stop));
  EXPECT_EQ(assigned_units(*service), 0U);
}

TEST(AppService, ARefusedChangeChangesNothing) {
  const Scratch scratch;
  const auto service = serve(scratch);
  const auto before = service->agreed(service->default_environment());
  const auto refused = put_experiment(*service, kExperiment);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().pointer, "/plan/metrics/0/metric");
  EXPECT_NE(refused.error().hint, "");
  const auto after = service->agreed(service->default_environment());
  EXPECT_EQ(after->config_version, before->config_version);
  EXPECT_TRUE(after->experiments.empty());
  EXPECT_TRUE(after->layers.empty());
}

TEST(AppService, WhatAnExperimentNamesMustExist) {
  const Scratch scratch;
  const auto service = serve(scratch);
  const auto pointer = [&](const std::string& members) {
    const auto refused =
        put_experiment(*service, R"({"key":"a","variants":[{"key":"control"},{"key":"b"}],)" + members + "}");
    return refused ? std::string("accepted") : refused.error().pointer;
  };
  EXPECT_EQ(pointer(R"("layer":"nowhere")"), "/layer");
  EXPECT_TRUE(pointer(R"("when":{"segment":"nobody"})").starts_with("/when"));
  EXPECT_EQ(pointer(R"("plan":{"metrics":[{"metric":"unknown"}]})"), "/plan/metrics/0/metric");
}

TEST(AppService, ExperimentsOfALayerExcludeEachOther) {
  const Scratch scratch;
  const auto service = serve(scratch);
  ASSERT_TRUE(service->change(service->default_environment(), somebody(*service), [](Revision& revision) {
    storage::Layer layer;
    layer.key = "shop";
    return add_layer(revision, layer);
  }));
  for (const std::string key : {"one", "two"}) {
    ASSERT_TRUE(put_experiment(
        *service,
        R"({"key":")" + key + R"(","layer":"shop","coverage":"50%","variants":[{"key":"control"},{"key":"b"}]})"));
    ASSERT_TRUE(move(*service, key, Move::start));
  }
  for (int i = 0; i < 500; ++i) {
    const auto id = "u" + std::to_string(i);
    const bool in_one = !decide(*service, "one", {"user", id}).variant.empty();
    const bool in_two = !decide(*service, "two", {"user", id}).variant.empty();
    EXPECT_NE(in_one, in_two) << id;
  }
  ASSERT_TRUE(put_experiment(
      *service, R"({"key":"three","layer":"shop","coverage":1,"variants":[{"key":"control"},{"key":"b"}]})"));
  const auto refused = move(*service, "three", Move::start);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(refused.error().pointer, "/coverage");
}

TEST(AppService, ARestartRestoresAgreementsDecisionsKeysAndResults) {
  const Scratch scratch;
  auto service = serve(scratch);
  const auto environment = service->default_environment();
  ASSERT_TRUE(put_metric(*service, kMetric));
  ASSERT_TRUE(put_experiment(*service, kExperiment));
  ASSERT_TRUE(move(*service, "checkout", Move::start));
  const auto key = create_key(*service, environment, fast::KeyKind::server, "shop", somebody(*service));
  ASSERT_TRUE(key);
  send(*service, story(*service, 0, 100));

  const auto published = service->published(environment);
  std::vector<std::string> decided;
  for (int i = 0; i < 100; ++i)
    decided.emplace_back(decide(*service, "checkout", {"user", "u" + std::to_string(i)}).variant);
  const auto half = make_report(*service, environment, "checkout");
  ASSERT_TRUE(half);
  service.reset();

  service = serve(scratch);
  EXPECT_EQ(service->published(environment), published);
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(decide(*service, "checkout", {"user", "u" + std::to_string(i)}).variant,
              decided[static_cast<std::size_t>(i)]);
  EXPECT_TRUE(service->view().load()->keys->find(key->secret));
  const auto same = make_report(*service, environment, "checkout");
  ASSERT_TRUE(same);
  EXPECT_EQ(codec::results_digest(*same), codec::results_digest(*half));
  EXPECT_EQ(same->counts.units, 100U);
  EXPECT_EQ(same->ledger.stored, half->ledger.stored);
  EXPECT_EQ(same->digest.configuration, half->digest.configuration);

  send(*service, story(*service, 100, 200));
  const auto whole = make_report(*service, environment, "checkout");
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->counts.units, 200U);
}

TEST(AppService, AStartReadsFromTheJournalWhatTheCheckpointLacks) {
  const Scratch scratch;
  auto service = serve(scratch);
  ASSERT_TRUE(put_metric(*service, kMetric));
  ASSERT_TRUE(put_experiment(*service, kExperiment));
  ASSERT_TRUE(move(*service, "checkout", Move::start));
  const auto environment = service->default_environment();
  const auto events = [&] { return service->start_counts().checkpoint + service->start_counts().journal; };
  const auto digest = [&] { return codec::results_digest(*make_report(*service, environment, "checkout")); };
  const auto checkpoint = storage::Checkpoint::file_of(scratch.path() / "data", environment);
  send(*service, story(*service, 0, 100));
  const auto before = digest();
  service.reset();

  service = serve(scratch);
  EXPECT_EQ(service->start_counts().journal, 0U);
  EXPECT_EQ(service->start_counts().checkpoint, 134U);
  EXPECT_EQ(digest(), before);
  service.reset();

  const auto old = scratch.path() / "old";
  std::filesystem::copy_file(checkpoint, old);
  service = serve(scratch);
  send(*service, story(*service, 100, 200));
  const auto after = digest();
  service.reset();
  std::filesystem::copy_file(old, checkpoint, std::filesystem::copy_options::overwrite_existing);
  service = serve(scratch);
  EXPECT_EQ(service->start_counts().checkpoint, 134U);
  EXPECT_EQ(events(), 267U);
  EXPECT_EQ(digest(), after);
  service.reset();

  std::filesystem::remove(checkpoint);
  service = serve(scratch);
  EXPECT_EQ(service->start_counts().checkpoint, 0U);
  EXPECT_EQ(service->start_counts().journal, 267U);
  EXPECT_EQ(digest(), after);
}

/// A purchase of each.
std::string purchases(const Service& service, int units) {
  std::string lines;
  for (int i = 0; i < units; ++i)
    lines += R"({"id":"p)" + std::to_string(i) + R"(","type":"event","name":"purchase","unit":"u)" + std::to_string(i) +
             R"(","ts":")" + codec::time_text(service.now()) + "\"}\n";
  return lines;
}

TEST(AppService, ACheckpointOfAnotherJournalIsNotBelieved) {
  const Scratch scratch;
  const Scratch other;
  auto longer = serve(other);
  send(*longer, purchases(*longer, 100));
  const auto environment = longer->default_environment();
  longer.reset();
  auto service = serve(scratch);
  send(*service, purchases(*service, 10));
  service.reset();
  std::filesystem::copy_file(storage::Checkpoint::file_of(other.path() / "data", environment),
                             storage::Checkpoint::file_of(scratch.path() / "data", environment),
                             std::filesystem::copy_options::overwrite_existing);
  service = serve(scratch);
  EXPECT_EQ(service->start_counts().checkpoint, 0U);
  EXPECT_EQ(service->evidence(environment).units(), 10U);
}

TEST(AppService, AReportAsOfAnInstantSaysWhatWasKnownThen) {
  const Scratch scratch;
  const auto service = serve(scratch);
  const auto environment = service->default_environment();
  ASSERT_TRUE(put_metric(*service, kMetric));
  ASSERT_TRUE(put_experiment(*service, kExperiment));
  ASSERT_TRUE(move(*service, "checkout", Move::start));
  send(*service, story(*service, 0, 50));
  const auto then = service->now();
  const auto live = make_report(*service, environment, "checkout");
  send(*service, story(*service, 50, 80));
  const auto former = make_report(*service, environment, "checkout", {then, std::nullopt});
  ASSERT_TRUE(live && former);
  EXPECT_EQ(former->counts.units, 50U);
  EXPECT_EQ(former->as_of, then);
  EXPECT_EQ(codec::results_digest(*former), codec::results_digest(*live));
  EXPECT_EQ(make_report(*service, environment, "checkout")->counts.units, 80U);
}

TEST(AppService, AMetricDefinedLaterCoversWhatIsStored) {
  const Scratch scratch;
  const auto service = serve(scratch);
  const auto environment = service->default_environment();
  ASSERT_TRUE(
      put_experiment(*service, R"({"key":"checkout","scheme":"external","variants":[{"key":"a"},{"key":"b"}]})"));
  send(
      *service,
      R"([{"type":"event","id":"1","name":"purchase","unit":"u1","ts":"2020-01-02T00:00:00Z"},)"
      R"({"type":"exposure","id":"2","unit":"u1","ts":"2020-01-01T00:00:00Z","experiment":"checkout","variant":"a"}])");
  ASSERT_TRUE(put_metric(*service, kMetric));
  ASSERT_TRUE(service->change(environment, somebody(*service), [](Revision& revision) -> Status {
    auto wanted = revision.find<storage::Experiment>("checkout");
    wanted->plan.metrics = {{"purchase", 0, storage::MetricRole::goal, std::nullopt}};
    if (auto changed = change_experiment(revision, *wanted); !changed) return changed;
    return move_experiment(revision, "checkout", Move::start, Time{} + std::chrono::hours(24));
  }));
  const auto report = make_report(*service, environment, "checkout");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->counts.units, 1U);
  ASSERT_EQ(report->results.size(), 1U);
  EXPECT_EQ(report->results[0].arms[0].successes, 1U);
}

TEST(AppService, ARevokedKeyStopsWorkingAtOnce) {
  const Scratch scratch;
  const auto service = serve(scratch);
  const auto environment = service->default_environment();
  EXPECT_FALSE(*has_admin_key(*service, environment));
  const auto admin = create_key(*service, environment, fast::KeyKind::admin, "first", somebody(*service));
  ASSERT_TRUE(admin) << admin.error().message;
  EXPECT_TRUE(admin->secret.starts_with("ts_admin_"));
  EXPECT_TRUE(*has_admin_key(*service, environment));
  EXPECT_TRUE(service->view().load()->keys->find(admin->secret));
  ASSERT_TRUE(revoke_key(*service, environment, admin->id, somebody(*service)));
  EXPECT_FALSE(service->view().load()->keys->find(admin->secret));
  EXPECT_EQ(revoke_key(*service, environment, admin->id, somebody(*service)).error().code, ErrorCode::conflict);
}

TEST(AppService, ACachedReportIsMadeAnewOnlyWhenSomethingCame) {
  const Scratch scratch;
  const auto service = serve(scratch);
  const auto environment = service->default_environment();
  ReportCache cache;
  EXPECT_EQ(cache.find(*service, environment, "checkout").error().code, ErrorCode::not_found);
  ASSERT_TRUE(put_metric(*service, kMetric));
  ASSERT_TRUE(put_experiment(*service, kExperiment));
  ASSERT_TRUE(move(*service, "checkout", Move::start));
  send(*service, story(*service, 0, 50));
  const auto first = cache.find(*service, environment, "checkout").value();
  EXPECT_EQ(first->counts.units, 50U);
  EXPECT_EQ(cache.find(*service, environment, "checkout").value(), first) << "the same object";
  send(*service, story(*service, 50, 80));
  EXPECT_EQ(cache.find(*service, environment, "checkout").value()->counts.units, 80U);
  ASSERT_TRUE(move(*service, "checkout", Move::stop));
  EXPECT_NE(cache.find(*service, environment, "checkout").value()->verdict.code, "keep_running");
}

TEST(AppService, SaltsComeFromWhereTheOptionsSay) {
  const Scratch scratch;
  int made = 0;
  auto service =
      Service::open(scratch.path() / "data",
                    {.writer = {}, .salts = [&made] { return std::string(22, 's') + std::to_string(made++); }});
  ASSERT_TRUE(service);
  ASSERT_TRUE(put_metric(**service, kMetric));
  ASSERT_TRUE(put_experiment(**service, kExperiment));
  const auto agreed = (*service)->agreed((*service)->default_environment());
  EXPECT_EQ(agreed->experiments.at("checkout").salt, std::string(22, 's') + "0");
  EXPECT_EQ(agreed->layers.at("checkout").slots.salt, std::string(22, 's') + "1");
}

}  // namespace
}  // namespace touchstone::app
