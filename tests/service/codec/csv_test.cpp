#include "service/codec/csv.hpp"

#include <string>

#include <gtest/gtest.h>

namespace touchstone::codec {
namespace {

using Fields = std::vector<std::string_view>;

TEST(Csv, SplitsAtCommas) {
  CsvRecord record;
  ASSERT_TRUE(record.split("a,,c,"));
  EXPECT_EQ(record.fields(), (Fields{"a", "", "c", ""}));
  ASSERT_TRUE(record.split(""));
  EXPECT_EQ(record.fields(), Fields{""});
}

TEST(Csv, QuotedFieldsHoldAnything) {
  CsvRecord record;
  ASSERT_TRUE(record.split(R"("2) $100 - $200","a,b","say ""yes""","","line
end",x)"));
  EXPECT_EQ(record.fields(), (Fields{"2) $100 - $200", "a,b", "say \"yes\"", "", "line\nend", "x"}));
}

TEST(Csv, ManyUnescapedFieldsStayValid) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += R"("""",)";
  CsvRecord record;
  ASSERT_TRUE(record.split(text + "end"));
  ASSERT_EQ(record.fields().size(), 1001U);
  for (std::size_t i = 0; i < 1000; ++i) ASSERT_EQ(record.fields()[i], "\"") << i;
}

TEST(Csv, RefusesMisplacedQuotes) {
  CsvRecord record;
  for (const auto* text : {"a\"b,c", "\"a\"b,c", "\"open,c", "a,\""}) {
    const auto split = record.split(text);
    ASSERT_FALSE(split) << text;
    EXPECT_EQ(split.error().code, ErrorCode::invalid);
  }
}

TEST(Csv, WritesFieldsThatReadBackAndComputeNothing) {
  std::string line;
  for (const std::string_view text : {"plain", "a,b", "say \"hi\"", "two\nlines", ""}) append_csv(line += ',', text);
  EXPECT_EQ(line, ",plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",");
  std::string neutral;
  for (const std::string_view text : {"=1+1", "+1", "-1", "@x"}) append_csv(neutral += ',', text);
  EXPECT_EQ(neutral, ",\"'=1+1\",\"'+1\",\"'-1\",\"'@x\"");
}

TEST(Csv, ARecordGoesOnWhileAQuoteIsOpen) {
  EXPECT_FALSE(csv_continues("a,b"));
  EXPECT_TRUE(csv_continues("a,\"b"));
  EXPECT_FALSE(csv_continues("a,\"b\nc\""));
  EXPECT_TRUE(csv_continues("a,\"b \"\"quoted\"\" "));
}

}  // namespace
}  // namespace touchstone::codec
