#include "service/cli/command_line.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "service/cli/again.hpp"
#include "service/cli/exit_code.hpp"

namespace touchstone::cli {
namespace {

std::variant<Command, Saying> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "touchstone");
  return parse_command_line(static_cast<int>(words.size()), words.data());
}

AnalyzeOptions analyze(std::vector<const char*> words) {
  words.insert(words.begin(), "analyze");
  return std::get<AnalyzeOptions>(std::get<Command>(parse(std::move(words))));
}

Saying saying(std::vector<const char*> words) { return std::get<Saying>(parse(std::move(words))); }

TEST(CommandLine, ReadsAnalyzeWithItsOptions) {
  const auto options =
      analyze({"a.ndjson.gz", "--metric", "converted:proportion", "b.ndjson", "--metric", "spend:mean", "--split",
               "control=50,treatment=50", "--crossover", "first", "--smallest-effect", "0.01", "--json"});
  EXPECT_EQ(options.files, (std::vector<std::string>{"a.ndjson.gz", "b.ndjson"}));
  EXPECT_EQ(options.metrics, (std::vector<std::string>{"converted:proportion", "spend:mean"}));
  EXPECT_EQ(options.control, "control");
  EXPECT_EQ(options.split, "control=50,treatment=50");
  EXPECT_EQ(options.crossover, "first");
  EXPECT_EQ(options.smallest_effect, 0.01);
  EXPECT_EQ(options.alpha, 0.05);
  EXPECT_TRUE(options.json);
}

TEST(CommandLine, HelpShowsExamplesFirst) {
  const auto help = saying({"analyze", "--help"});
  EXPECT_EQ(help.exit_code, exit_ok);
  EXPECT_TRUE(help.err.empty());
  EXPECT_LT(help.out.find("Examples:"), help.out.find("Usage:"));
  EXPECT_NE(help.out.find("touchstone analyze events.ndjson.gz --metric converted:proportion"), std::string::npos);
}

TEST(CommandLine, GuessesWhatWasMeant) {
  const auto command = saying({"analyse", "x"});
  EXPECT_EQ(command.exit_code, exit_usage);
  EXPECT_TRUE(command.out.empty());
  EXPECT_NE(command.err.find("unknown command \"analyse\""), std::string::npos) << command.err;
  EXPECT_NE(command.err.find("did you mean \"analyze\"?"), std::string::npos) << command.err;
  const auto option = saying({"analyze", "x", "--metrik", "a:count", "--metric", "a:count"});
  EXPECT_EQ(option.exit_code, exit_usage);
  EXPECT_NE(option.err.find("unknown option \"--metrik\""), std::string::npos) << option.err;
  EXPECT_NE(option.err.find("did you mean \"--metric\"?"), std::string::npos) << option.err;
}

TEST(CommandLine, RefusesWhatIsMissingOrMalformed) {
  EXPECT_EQ(saying({}).exit_code, exit_usage);
  EXPECT_EQ(saying({"analyze"}).exit_code, exit_usage);
  const auto alpha = saying({"analyze", "x", "--metric", "a:count", "--alpha", "much"});
  EXPECT_EQ(alpha.exit_code, exit_usage);
  EXPECT_NE(alpha.err.find("--alpha"), std::string::npos) << alpha.err;
}

TEST(CommandLine, TellsItsVersion) {
  const auto version = saying({"--version"});
  EXPECT_EQ(version.exit_code, exit_ok);
  EXPECT_EQ(version.out.rfind("touchstone ", 0), 0U) << version.out;
}

TEST(Again, IsTheSameQuestionQuotedForAShell) {
  auto options = analyze({"it's.csv", "--variant", "segment", "--control", "No E-Mail", "--metric", "visit:proportion",
                          "--alpha", "0.1", "--json", "--emit-events", "out"});
  EXPECT_EQ(again(options),
            "touchstone analyze 'it'\\''s.csv' --variant segment --metric visit:proportion --control 'No E-Mail' "
            "--alpha 0.1");
}

}  // namespace
}  // namespace touchstone::cli
