#include "service/codec/mapping_guess.hpp"

#include <gtest/gtest.h>

namespace touchstone::codec {
namespace {

/// What the columns are taken for, in order: "unit time variant".
std::string guessed(const std::string& header, const std::vector<std::string>& records, RowMapping asked = {}) {
  auto rows = FileRows::table(header).value();
  RowSample sample;
  for (const auto& record : records)
    if (rows.read(record)) sample.add(rows);
  const auto mapping = guess_mapping(sample, std::move(asked), "file");
  std::string text;
  for (const auto& column : rows.columns()) text.append(name_of(mapping.columns.at(column).meaning)).append(" ");
  for (const auto& [meaning, value] : mapping.fixed)
    text.append(name_of(meaning)).append("=").append(value).append(" ");
  text.pop_back();
  return text;
}

TEST(MappingGuess, ATableOfUnitsHasItsOutcomesRightOfTheVariant) {
  EXPECT_EQ(guessed("userid,age,group,visited,spend,nps,comment", {"u1,30,A,1,12.5,9,fine", "u2,41,B,0,0,,"}),
            "unit number variant happened amount answer property experiment=file");
  EXPECT_EQ(guessed("converted,Customer ID,Variant", {"yes,u1,A", "no,u2,B"}), "happened unit variant experiment=file")
      << "left of it where the name says so";
}

TEST(MappingGuess, ATableOfEventsNamesThem) {
  EXPECT_EQ(guessed("timestamp,event_name,device_id,revenue,order_id,channel",
                    {"2026-01-01T00:00:00Z,buy,d1,9.5,o1,web", "2026-01-01T00:00:01Z,buy,d2,3,o2,app"}),
            "time event unit value id channel");
  EXPECT_EQ(guessed("date,customer,total", {"2026-01-01,c1,9.5"}), "time unit value event=file");
}

TEST(MappingGuess, WhatNamesSayMustStandInTheColumns) {
  EXPECT_EQ(guessed("user,time,value", {"u,soon,much", "v,later,more"}), "unit property property event=file");
  EXPECT_EQ(guessed("user,date,order_id", {"u,20260102,o", "v,20260103,o"}), "unit number property event=file")
      << "a number of eight digits is no time, and an id that repeats is none";
  std::vector<std::string> many;
  for (int i = 0; i < 60; ++i) many.push_back("u,2026-01-01,g" + std::to_string(i));
  EXPECT_EQ(guessed("user,time,group", many), "unit time property event=file") << "nobody tests sixty variants";
  EXPECT_EQ(guessed("user,zip", {"u,01234", "v,90210"}), "unit property event=file") << "a code keeps its zeros";
}

TEST(MappingGuess, AFewMistakesChangeNothing) {
  std::vector<std::string> records(98, "u,2026-01-01T00:00:00Z,A,1,5,3");
  records.insert(records.end(), {",2026-01-01T00:00:00Z,A,1,5,3", "u,soon,A,maybe,five,three"});
  EXPECT_EQ(guessed("user,time,group,bought,spend,age", records, {}),
            "unit time variant happened amount amount experiment=file");
  EXPECT_EQ(guessed("age,user,time,event", {"3,u,2026-01-01,a", "three,u,2026-01-01,a"}), "property unit time event");
}

TEST(MappingGuess, AnAmountThatIsMostlyZeroIsOne) {
  std::vector<std::string> records(99, "u,A,0");
  records.emplace_back("v,A,12.5");
  EXPECT_EQ(guessed("user,group,spend", records), "unit variant amount experiment=file");
}

TEST(MappingGuess, WhatWasSaidStays) {
  RowMapping asked;
  asked.columns["market"] = {Meaning::variant, "", false};
  asked.columns["user"] = {Meaning::ignored, "", false};
  asked.fixed[Meaning::experiment] = "markets";
  EXPECT_EQ(guessed("response_id,user,market,date,score", {"1,x,UK,2021-01-01,9", "2,x,US,2021-01-02,0"}, asked),
            "unit ignore variant time answer experiment=markets");
}

TEST(MappingGuess, ARejectsFileIsReadLikeTheFileItself) {
  EXPECT_EQ(guessed("user,time,event,rejected_row,rejected_reason,rejected_hint", {"u,2026-01-01,buy,7,bad,mend"}),
            "unit time event ignore ignore ignore");
}

TEST(MappingGuess, ObjectsHavePaths) {
  auto rows = FileRows::objects();
  RowSample sample;
  ASSERT_TRUE(
      rows.read(R"({"context":{"userId":7},"ts":1767312000,"event":"buy","properties":{"price":9.5,"gift":true}})"));
  sample.add(rows);
  ASSERT_TRUE(rows.read(R"({"context":{"userId":8},"ts":1767312001,"event":"buy","list":[1]})"));
  sample.add(rows);
  const auto mapping = guess_mapping(sample, {}, "file");
  EXPECT_EQ(mapping.columns.at("context.userId").meaning, Meaning::unit);
  EXPECT_EQ(mapping.columns.at("properties.price").meaning, Meaning::value);
  EXPECT_EQ(mapping.columns.at("properties.gift").meaning, Meaning::property);
  EXPECT_EQ(mapping.columns.at("list").meaning, Meaning::property);
}

}  // namespace
}  // namespace touchstone::codec
