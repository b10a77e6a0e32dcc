// `touchstone totals` on thousands of real experiments of which only totals are known, against the figures of their
// expected.json (recomputed with scipy), and on tables that are not what they should be.

#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <zlib.h>

#include "tests/e2e/program.hpp"

namespace touchstone::e2e {
namespace {

using nlohmann::json;

/// What the program says of a table with these options.
Outcome totals_of(const std::string& table, std::vector<std::string> options) {
  const TemporaryDirectory folder;
  const auto file = folder.path() / "table.csv";
  std::ofstream(file) << table;
  options.insert(options.begin(), {program(), "totals", file.string()});
  return run(options);
}

std::vector<json> documents(const std::string& lines) {
  std::vector<json> all;
  std::istringstream text(lines);
  for (std::string line; std::getline(text, line);) all.push_back(json::parse(line));
  return all;
}

std::string inflated(const std::filesystem::path& file) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> in(gzopen(file.c_str(), "rb"), gzclose);
  std::string text;
  std::array<char, 65536> block{};
  for (int got = 0; (got = gzread(in.get(), block.data(), block.size())) > 0;)
    text.append(block.data(), static_cast<std::size_t>(got));
  return text;
}

class RealTotals : public testing::Test {
 protected:
  void SetUp() override {
    if (shared_data().empty()) GTEST_SKIP() << "the shared data sets are not at hand";
  }
  static std::filesystem::path data(const std::string& set) { return shared_data() / "data" / set; }
  static json expected(const std::string& set) { return json::parse(std::ifstream(data(set) / "expected.json")); }
};

TEST_F(RealTotals, ThousandsOfExperimentsInOneRun) {
  const auto file = data("upworthy-headlines") / "upworthy_headlines.csv.gz";
  const Outcome outcome =
      run({program(), "totals", file.string(), "--column", "experiment=clickability_test_id", "--column", "variant=arm",
           "--column", "units=impressions", "--column", "conversions=clicks", "--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  std::map<std::string, json> judged;
  for (auto& document : documents(outcome.out)) judged.emplace(document["experiment"], std::move(document));

  const json given = expected("upworthy-headlines");
  ASSERT_EQ(judged.size(), given["summary"]["tests"].get<std::size_t>());
  std::map<bool, int> broken;
  for (const json& test : given["tests"]) {
    const json& found = judged.at(test["test"]);
    EXPECT_EQ(found["results"].size() + 1, test["arms"].get<std::size_t>());
    const double p = test["srm_uniform_p"];
    EXPECT_NEAR(found["split"]["p"].get<double>(), p, 1e-6 * p + 1e-300) << test["test"];
    const int week = test["week"];
    if (found["split"]["p"] < 0.001) ++broken[week >= 201325 && week <= 201401];
  }
  EXPECT_EQ(broken[true], given["summary"]["srm_weeks_201325_201401"]["srm_p_below_0.001"]);
  EXPECT_EQ(broken[false], given["summary"]["srm_outside"]["srm_p_below_0.001"]);
  std::printf("%zu experiments; broken splits: %d in the weeks known to be broken, %d outside\n", judged.size(),
              broken[true], broken[false]);
}

/// The table with a row per arm, of the published one with a row per pair.
std::string asos_by_arm(const std::string& published) {
  std::istringstream rows(published);
  std::ostringstream out("experiment,metric,time,variant,units,mean,variance\n", std::ios::ate);
  std::string row;
  std::getline(rows, row);
  while (std::getline(rows, row)) {
    std::array<std::string, 10> field;
    std::istringstream cells(row);
    for (auto& cell : field) std::getline(cells, cell, ',');
    if (field[8].empty() || field[9].empty()) continue;
    const auto key = field[0] + "/" + field[1] + "," + field[2] + "," + field[3] + ",";
    out << key << "control," << field[4] << ',' << field[6] << ',' << field[8] << '\n';
    out << key << "treatment," << field[5] << ',' << field[7] << ',' << field[9] << '\n';
  }
  return out.str();
}

TEST_F(RealTotals, LookedAtFortyThousandTimesAndSeldomTurned) {
  const auto file = data("asos-sequential") / "asos_digital_experiments.csv.gz";
  const Outcome outcome = totals_of(asos_by_arm(inflated(file)), {"--control", "control", "--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  std::map<std::string, json> judged;
  std::set<std::string> turned;
  std::size_t declared = 0;
  for (auto& document : documents(outcome.out)) {
    const json& row = document["results"][0]["always_valid"];
    const std::string name = document["experiment"].get<std::string>() + " " + document["metric"].get<std::string>();
    declared += row.contains("declared_at") ? 1 : 0;
    if (row.value("reversed", false)) turned.insert(name);
    judged.emplace(name, std::move(document));
  }
  const json given = expected("asos-sequential");
  EXPECT_EQ(judged.size(), given["summary"]["usable_streams"].get<std::size_t>());
  EXPECT_LE(turned.size(), 9U) << "a naive test claims and turns in 43";
  EXPECT_GT(declared, 60U);
  std::printf("%zu streams, %zu declared, %zu of them with a sign that turned later:", judged.size(), declared,
              turned.size());
  for (const auto& name : turned) std::printf(" %s", name.c_str());
  std::printf("\n");

  std::size_t compared = 0;
  for (const json& stream : given["streams"]) {
    const auto name = stream["experiment"].get<std::string>() + "/" + std::to_string(stream["variant"].get<int>()) +
                      " " + std::to_string(stream["metric"].get<int>());
    const auto found = judged.find(name);
    if (found == judged.end() || found->second["at"] != stream["final"]["time"]) continue;
    const json& absolute = found->second["results"][0]["absolute"];
    const double se = stream["final"]["se"];
    EXPECT_NEAR(absolute["estimate"].get<double>(), stream["final"]["diff"].get<double>(), 1e-9 * se + 1e-15) << name;
    EXPECT_NEAR(absolute["p"].get<double>(), stream["final"]["p_two_sided_normal"].get<double>(), 1e-3) << name;
    ++compared;
  }
  EXPECT_GT(compared, 350U);

  // The data sheet names this spike: the control's totals of that half day are those of the one before.
  const json spike = judged.at("162a38/1 1");
  const json stood_still = {{"what", "stood_still"}, {"variant", "control"}, {"at", 38}};
  EXPECT_EQ(spike["alarms"], json::array({stood_still}));
  for (const auto* const metric : {"1", "2", "3", "4"})
    EXPECT_FALSE(judged.at("162a38/1 " + std::string(metric))["results"][0]["always_valid"].contains("declared_at"));
}

// 44,000 against 45,000 is a published example, p = .00080.
TEST(Totals, ABrokenSplitIsSaidFirst) {
  const Outcome outcome = totals_of("variant,units,conversions\ncontrol,45000,4500\nb,44000,5000\n", {});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("do not trust: the split is broken"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("a chance of 0.0008 "), std::string::npos) << outcome.out;
  const Outcome planned =
      totals_of("variant,units,conversions\ncontrol,45000,4500\nb,44000,5000\n", {"--split", "control=45,b=44"});
  EXPECT_NE(planned.out.find("higher"), std::string::npos) << planned.out;
}

// Mean 10 and 10.5, sd 4 and 5, 4,000 units each: z = .5/sqrt(16/4000 + 25/4000) = 4.93865, Welch's df 7,631. The
// normal's two tails are 7.87e-7, Student's larger by about (z^4 + z^2)/(4 df) = .0203 (Abramowitz and Stegun 26.7.8).
TEST(Totals, MeansAndStandardDeviations) {
  const Outcome outcome =
      totals_of("group,n,average,sd\nA,4000,10,4\nB,4000,10.5,5\n",
                {"--column", "variant=group", "--column", "units=n", "--column", "mean=average", "--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const json row = documents(outcome.out).at(0)["results"][0];
  EXPECT_NEAR(row["absolute"]["estimate"].get<double>(), 0.5, 1e-12);
  EXPECT_NEAR(row["absolute"]["p"].get<double>(), 8.03e-7, 0.02e-7);
  EXPECT_LT(row["always_valid"]["absolute"]["low"], row["absolute"]["low"]);
}

struct Refusal {
  std::string table;
  std::vector<std::string> options;
  std::string says;
};

class RefusedTotals : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedTotals, SaysWhereAndWhatToDo) {
  const Outcome outcome = totals_of(GetParam().table, GetParam().options);
  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find(GetParam().says), std::string::npos) << outcome.err;
}

INSTANTIATE_TEST_SUITE_P(
    Tables, RefusedTotals,
    testing::Values(
        Refusal{"", {}, "is empty"}, Refusal{"a,b\n", {}, "no column \"variant\""},
        Refusal{"variant,units\n", {}, "neither conversions nor mean and variance"},
        Refusal{"variant,units,conversions\n", {"--column", "unit=n"}, "\"unit\" is not what a table of totals says"},
        Refusal{"variant,units,conversions\n", {"--column", "units=n"}, "no column \"n\""},
        Refusal{"variant,units,conversions\na,1,2\n", {}, "row 1, column conversions: \"2\" are more than the units"},
        Refusal{"variant,units,conversions\na,1.5,1\n", {}, "row 1, column units: \"1.5\" is not a count"},
        Refusal{"variant,units,conversions\na,9\n", {}, "row 1: 2 fields, where the header has 3"},
        Refusal{"variant,units,conversions\na,9,1\na,9,1\n", {}, "stands twice"},
        Refusal{"variant,units,conversions\na,9,1\n", {}, "one arm only"},
        Refusal{"variant,units,conversions\na,9,1\nb,9,1\n", {"--control", "c"}, "no variant \"c\""},
        Refusal{"variant,units,conversions\na,9,1\nb,9,1\n", {"--split", "a=1"}, "no share for \"b\""},
        Refusal{"time,variant,units,conversions\n1,a,9,1\n1,b,9,1\n2,a,9,1\n", {}, "at 2 there is no row of variant"},
        Refusal{"variant,units,mean,variance\na,9,1,-1\n", {}, "is negative"},
        Refusal{"variant,units,mean,variance\n\xFF,9,1,1\n", {}, "is not UTF-8"}));

}  // namespace
}  // namespace touchstone::e2e
