#include <gtest/gtest.h>

#include "service/page/report_csv.hpp"
#include "service/page/report_markdown.hpp"
#include "tests/service/page/planted.hpp"

namespace touchstone::page {
namespace {

TEST(ReportCsv, HasOneLinePerMeasureAndVariant) {
  EXPECT_EQ(
      report_csv(no_difference()),
      "experiment,verdict,metric,role,variant,control,control_units,units,control_mean,mean,scale,change,low,high,"
      "conclusion\n"
      "\"button-colour\",\"no_difference\",\"purchase\",goal,\"one-page\",\"control\",31400,31388,0.1212,"
      "0.1211,relative,-0.0007,-0.0083,0.0069,\"no_difference\"\n");
}

TEST(ReportCsv, FormulasAndQuotesAreText) {
  for (const std::string name : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"})
    EXPECT_NE(report_csv(named(name)).find("\"'" + name + "\""), std::string::npos) << name;
  EXPECT_NE(report_csv(named("a\"b")).find("\"a\"\"b\""), std::string::npos);
}

TEST(ReportMarkdown, TellsVerdictDoubtsAndChanges) {
  const auto text = report_markdown(a_broken_split());
  EXPECT_TRUE(text.starts_with("**⛔ Do not use this result** — shorter-checkout\n")) << text;
  EXPECT_NE(text.find("- ⛔ Groups: control 31,400, one-page 20,925"), std::string::npos) << text;
  EXPECT_NE(text.find("- purchase, one-page: ▲ better, +4.1 % relative (95 % always-valid interval +1.6 % to +6.7 %)"),
            std::string::npos)
      << text;
}

TEST(ReportMarkdown, NamesAreNoMarkup) {
  const auto text = report_markdown(named("[x](y) *b* @all\n# h"));
  EXPECT_NE(text.find("\\[x\\](y) \\*b\\* @\u200Ball \\# h"), std::string::npos) << text;
}

}  // namespace
}  // namespace touchstone::page
