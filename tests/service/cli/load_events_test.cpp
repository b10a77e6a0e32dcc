#include "service/cli/load_events.hpp"

#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "service/cli/design.hpp"
#include "service/cli/table_layout.hpp"
#include "service/codec/event_json.hpp"

namespace touchstone::cli {
namespace {

class LoadEvents : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }

  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

 private:
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() /
      ("touchstone_load_events_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
};

std::string exposure(const std::string& unit, const std::string& variant, const std::string& experiment = "page") {
  return R"({"type":"exposure","unit_id":")" + unit + R"(","experiment":")" + experiment + R"(","variant":")" +
         variant + R"(","event":"view","value":null,"ts":"2017-01-02T13:42:05Z","attributes":{"event_id":"x-)" + unit +
         R"("}})" + "\n";
}

AnalyzeOptions table_options(std::vector<std::string> metrics) {
  AnalyzeOptions options;
  options.variant = "group";
  options.metrics = std::move(metrics);
  return options;
}

Result<LoadedEvents> load(AnalyzeOptions options, const std::string& file) {
  options.files = {file};
  const auto metrics = asked_metrics(options).value();
  return load_events(options.files, table_layout(options, metrics).value(), false);
}

TEST_F(LoadEvents, CountsDuplicatesAndConflicts) {
  const auto log =
      write("log.ndjson", exposure("1", "a") + exposure("2", "b") + "\n" + exposure("1", "a") + exposure("2", "a"));
  const auto loaded = load_events({log}, std::nullopt, false).value();
  EXPECT_EQ(loaded.sent, 4U);
  EXPECT_EQ(loaded.events.size(), 2U);
  EXPECT_EQ(loaded.duplicates, 2U);
  EXPECT_EQ(loaded.conflicts, 1U);
  EXPECT_EQ(loaded.events[1].event.variant, "b");
}

TEST_F(LoadEvents, NamesFileAndLineOfABadEvent) {
  const auto log = write("log.ndjson", exposure("1", "a") + "{\"type\":\"exposure\"}\n");
  const auto loaded = load_events({log}, std::nullopt, false);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().message.rfind(log + ", line 2: ", 0), 0U) << loaded.error().message;
  const auto table = load_events({write("t.csv", "id,group\n")}, std::nullopt, false);
  ASSERT_FALSE(table);
  EXPECT_NE(table.error().hint.find("--variant"), std::string::npos);
}

TEST_F(LoadEvents, TableBecomesExposuresAndEvents) {
  auto options = table_options({"bought:proportion", "spent:mean", "visits:count"});
  options.unit = "id";
  const auto loaded =
      load(options, write("shop.csv", "id,group,bought,spent,visits\r\nu1,A,1,2.5,3\r\nu2,B,no,,0\r\n")).value();
  std::vector<std::string> written;
  for (const auto& stored : loaded.events) written.push_back(codec::write_event(stored.event));
  const std::vector<std::string> expected{
      R"({"experiment":"shop","id":"shop:1","ts":"2000-01-01T00:00:00Z","type":"exposure","unit":{"id":"u1","type":"user"},"variant":"A"})",
      R"({"id":"shop:1:bought","name":"bought","ts":"2000-01-01T00:00:01Z","type":"event","unit":{"id":"u1","type":"user"}})",
      R"({"id":"shop:1:spent","name":"spent","ts":"2000-01-01T00:00:01Z","type":"event","unit":{"id":"u1","type":"user"},"value":2.5})",
      R"({"id":"shop:1:visits","name":"visits","ts":"2000-01-01T00:00:01Z","type":"event","unit":{"id":"u1","type":"user"},"value":3})",
      R"({"experiment":"shop","id":"shop:2","ts":"2000-01-01T00:00:00Z","type":"exposure","unit":{"id":"u2","type":"user"},"variant":"B"})",
  };
  EXPECT_EQ(written, expected);
}

TEST_F(LoadEvents, RowsAreUnitsWhereNoColumnNamesThem) {
  const auto loaded = load(table_options({"x:sum"}), write("t.csv", "group,x\nA,1\nA,1\n")).value();
  EXPECT_EQ(loaded.duplicates, 0U) << "equal rows are two units";
  std::set<std::string_view> units;
  for (const auto& stored : loaded.events) units.insert(stored.event.unit.id);
  EXPECT_EQ(units, (std::set<std::string_view>{"1", "2"}));
}

TEST_F(LoadEvents, RepeatedUnitsAreReported) {
  auto options = table_options({"x:sum"});
  options.unit = "id";
  const auto loaded = load(options, write("t.csv", "id,group,x\nu,A,1\nv,A,1\nu,A,1\n")).value();
  EXPECT_EQ(loaded.repeated_units, 1U);
  ASSERT_TRUE(loaded.first_repeat);
  EXPECT_EQ(loaded.first_repeat->id, "u");
  EXPECT_EQ(loaded.first_repeat->first_row, 1U);
  EXPECT_EQ(loaded.first_repeat->row, 3U);
}

TEST_F(LoadEvents, QuotedCellsMayHoldLineEnds) {
  const auto loaded =
      load(table_options({"x:sum"}), write("t.csv", "group,x\n\"A\n1\",1\n\"B, \"\"2\"\"\",2\n")).value();
  EXPECT_EQ(loaded.variant_names.at("A-1"), "A\n1");
  EXPECT_EQ(loaded.variant_names.at("B-2"), "B, \"2\"");
  const auto open = load(table_options({"x:sum"}), write("open.csv", "group,x\n\"A,1\n"));
  ASSERT_FALSE(open);
  EXPECT_NE(open.error().message.find("does not end"), std::string::npos);
}

class Agreeing : public LoadEvents {
 protected:
  Result<Design> agree(AnalyzeOptions options, const std::string& log) {
    options.files = {write("log.ndjson", log)};
    if (options.metrics.empty()) options.metrics = {"converted:proportion"};
    loaded_.emplace(load_events(options.files, std::nullopt, false).value());
    return design(options, asked_metrics(options).value(), *loaded_);
  }

 private:
  std::optional<LoadedEvents> loaded_;
};

TEST_F(Agreeing, VariantsComeFromTheDataControlFirst) {
  AnalyzeOptions options;
  options.control = "b";
  const auto design = agree(options, exposure("1", "a") + exposure("2", "c") + exposure("3", "b")).value();
  ASSERT_EQ(design.experiment.variants.size(), 3U);
  EXPECT_EQ(design.experiment.key, "page");
  EXPECT_EQ(design.experiment.variants[0].key, "b");
  EXPECT_TRUE(design.experiment.variants[0].control);
  EXPECT_EQ(design.experiment.variants[1].key, "a");
  EXPECT_EQ(design.experiment.variants[0].weight, 333'334U);
  EXPECT_EQ(design.experiment.scheme, "external");
  EXPECT_EQ(design.experiment.plan.method.id, "fixed-horizon");
  EXPECT_FALSE(design.experiment.plan.frozen_at);
}

TEST_F(Agreeing, SplitExpectationsAndPlanAreTaken) {
  AnalyzeOptions options;
  options.split = "control=3,treatment=1";
  options.expect = {"landing=control:old,treatment:new", "build=control:7,treatment:\"8\""};
  options.crossover = "first";
  options.alpha = 0.1;
  options.smallest_effect = 0.01;
  const auto design = agree(options, exposure("1", "control") + exposure("2", "treatment")).value();
  EXPECT_EQ(design.experiment.variants[0].weight, 750'000U);
  EXPECT_EQ(design.experiment.expects.at("landing").at("treatment"), "\"new\"");
  EXPECT_EQ(design.experiment.expects.at("build").at("control"), "7");
  EXPECT_EQ(design.experiment.expects.at("build").at("treatment"), "\"8\"");
  EXPECT_EQ(design.experiment.plan.crossover, storage::Crossover::first);
  EXPECT_EQ(design.experiment.plan.alpha, 0.1);
  EXPECT_EQ(design.experiment.plan.smallest_effect, 0.01);
}

TEST_F(Agreeing, SaysWhatIsMissing) {
  AnalyzeOptions options;
  options.control = "contol";
  const auto misspelt = agree(options, exposure("1", "control") + exposure("2", "treatment"));
  ASSERT_FALSE(misspelt);
  EXPECT_EQ(misspelt.error().code, ErrorCode::not_found);
  EXPECT_NE(misspelt.error().hint.find("did you mean \"control\"?"), std::string::npos);

  const auto several = agree({}, exposure("1", "control") + exposure("2", "control", "checkout"));
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().hint, "name one: --experiment checkout or page");

  options = {};
  options.experiment = "pages";
  EXPECT_EQ(agree(options, exposure("1", "control")).error().code, ErrorCode::not_found);

  options = {};
  options.split = "control=half";
  EXPECT_EQ(agree(options, exposure("1", "control")).error().message,
            "--split \"control=half\": \"control=half\" is not a share");
}

}  // namespace
}  // namespace touchstone::cli
