#include "service/codec/row_events.hpp"

#include <gtest/gtest.h>

#include "service/codec/event_json.hpp"

namespace touchstone::codec {
namespace {

RowMapping mapping(std::map<std::string, ColumnMeaning, std::less<>> columns) {
  RowMapping made;
  made.columns = std::move(columns);
  made.fixed[Meaning::time] = "2026-01-02";
  return made;
}

ColumnMeaning as(Meaning meaning, std::string name = "") { return {meaning, std::move(name), false}; }

/// The events of a row as the service would be sent them, or why it is rejected.
std::string events_of(RowEvents& events, FileRows& rows, const std::string& record) {
  if (auto read = rows.read(record); !read) return read.error().message;
  storage::EventBatch batch;
  if (auto read = events.read(rows, "r", batch); !read) return read.error().message;
  std::string text;
  for (const auto& event : batch.events) text.append(write_event(event)).append("\n");
  return text;
}

TEST(RowEvents, AnExposureAndItsOutcomes) {
  auto rows = FileRows::table("u,g,country,bought,spend,score").value();
  auto made = mapping({{"u", as(Meaning::unit)},
                       {"g", as(Meaning::variant)},
                       {"bought", as(Meaning::happened)},
                       {"spend", as(Meaning::amount, "Money spent")},
                       {"score", as(Meaning::answer)}});
  made.fixed[Meaning::experiment] = "page";
  RowEvents events(made);
  EXPECT_EQ(events_of(events, rows, "u1,No E-Mail,DE,yes,12.5,0"),
            R"({"attributes":{"country":"DE"},"experiment":"page","id":"r","ts":"2026-01-02T00:00:00Z",)"
            R"("type":"exposure","unit":{"id":"u1","type":"user"},"variant":"No-E-Mail"})"
            "\n"
            R"({"id":"r/bought","name":"bought","ts":"2026-01-02T00:00:01Z","type":"event",)"
            R"("unit":{"id":"u1","type":"user"}})"
            "\n"
            R"({"id":"r/Money-spent","name":"Money-spent","ts":"2026-01-02T00:00:01Z","type":"event",)"
            R"("unit":{"id":"u1","type":"user"},"value":12.5})"
            "\n"
            R"({"id":"r/score","name":"score","ts":"2026-01-02T00:00:01Z","type":"event",)"
            R"("unit":{"id":"u1","type":"user"},"value":0})"
            "\n");
  EXPECT_EQ(events_of(events, rows, "u1,No-E-Mail,DE,0,0,"),
            "column g: \"No-E-Mail\" and \"No E-Mail\" are both read as No-E-Mail");
  EXPECT_EQ(events_of(events, rows, "u1,A,DE,perhaps,0,"), "column bought: \"perhaps\" is neither yes nor no");
  EXPECT_EQ(events_of(events, rows, "u1,()),DE,0,0,"), "column g: \"())\" cannot be a key");
  EXPECT_EQ(events_of(events, rows, "u1,,DE,0,0,"), "") << "nothing happened";
  EXPECT_EQ(events_of(events, rows, ",A,DE,0,0,"), "column u: \"\" is not an id");
  EXPECT_EQ(events_of(events, rows, "u1,A,D\xFF,0,0,"), "the row is not UTF-8");
}

TEST(RowEvents, WhatIsKnownOfAUnitFromATimeOn) {
  auto rows = FileRows::table("customer,since,plan,seats").value();
  auto made = mapping({{"customer", as(Meaning::unit)}, {"since", as(Meaning::time)}, {"seats", as(Meaning::number)}});
  made.fixed = {{Meaning::type, "traits"}};
  RowEvents events(made);
  EXPECT_EQ(events_of(events, rows, "u1,2026-03-01,pro,12"),
            R"({"attributes":{"plan":"pro","seats":12},"id":"r","ts":"2026-03-01T00:00:00Z","type":"traits",)"
            R"("unit":{"id":"u1","type":"user"}})"
            "\n");
  EXPECT_EQ(events_of(events, rows, "u1,2026-03-01,,"), "column type: \"traits\" tells no attribute");
}

TEST(RowMapping, RowsOfTraitsTellNothingThatHappened) {
  auto made = mapping({{"u", as(Meaning::unit)}});
  made.fixed[Meaning::type] = "traits";
  const std::vector<std::string> columns{"u", "plan", "bought"};
  EXPECT_TRUE(check_mapping(made, columns));
  made.columns["bought"] = as(Meaning::happened);
  const auto checked = check_mapping(made, columns);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().message, "rows of traits tell what is known, not what happened");
}

TEST(RowEvents, AnEventWithItsProperties) {
  auto rows = FileRows::table("u,t,e,v,z,n,id").value();
  RowMapping made;
  made.columns = {{"u", as(Meaning::unit)},  {"t", as(Meaning::time)},   {"e", as(Meaning::event)},
                  {"v", as(Meaning::value)}, {"n", as(Meaning::number)}, {"id", as(Meaning::id)}};
  made.unit_type = "device";
  made.time.zone = std::chrono::hours(1);
  RowEvents events(made);
  EXPECT_EQ(events_of(events, rows, "d1,2026-01-02 00:30,$refund,-3,x,7,own"),
            R"({"id":"own","name":"$refund","properties":{"n":7,"z":"x"},"ts":"2026-01-01T23:30:00Z","type":"event",)"
            R"("unit":{"id":"d1","type":"device"},"value":-3})"
            "\n");
  EXPECT_EQ(events_of(events, rows, "d1,never,buy,,x,7,own"), "column t: \"never\" is not a time");
  EXPECT_EQ(events_of(events, rows, "d1,2026-01-02,buy,3 EUR,x,7,own"),
            "column v: \"3 EUR\" is not a number within 1e15");
  EXPECT_EQ(events_of(events, rows, "d1,2026-01-02,buy,2e15,x,7,own"),
            "column v: \"2e15\" is not a number within 1e15");
  EXPECT_EQ(events_of(events, rows, "d1,2026-01-02,buy,3,x,seven,own"), "column n: \"seven\" is not a number");
  EXPECT_EQ(events_of(events, rows, "d1,2026-01-02,buy,3,x,7," + std::string(129, 'i')).substr(0, 11), "column id: ");
}

TEST(RowEvents, RowsOfATypeAreOnlyThat) {
  auto rows = FileRows::table("u,type,e,x,g").value();
  RowEvents events(mapping({{"u", as(Meaning::unit)},
                            {"type", as(Meaning::type)},
                            {"e", as(Meaning::event)},
                            {"x", as(Meaning::experiment)},
                            {"g", as(Meaning::variant)}}));
  EXPECT_NE(events_of(events, rows, "u1,exposure,view,page,A").find("\"variant\":\"A\""), std::string::npos);
  EXPECT_EQ(events_of(events, rows, "u1,exposure,view,page,A").find("\"view\""), std::string::npos);
  EXPECT_EQ(events_of(events, rows, "u1,event,view,page,A").find("\"variant\""), std::string::npos);
  EXPECT_EQ(events_of(events, rows, "u1,link,view,page,A"), "column type: \"link\" is no type of row");
}

TEST(RowEvents, ObjectsMayBringNewMembersAndKeepWhatTheyAre) {
  auto rows = FileRows::objects();
  RowEvents events(mapping({{"u", as(Meaning::unit)}, {"e", as(Meaning::event)}}));
  EXPECT_NE(events_of(events, rows, R"({"u":9007199254740993,"e":"a"})").find(R"("id":"9007199254740993")"),
            std::string::npos);
  EXPECT_NE(events_of(events, rows, R"({"u":"1","e":"a","b":{"c":[1,"x"]},"a":true,"n":1.50})")
                .find(R"("properties":{"a":true,"b.c":[1,"x"],"n":1.5})"),
            std::string::npos);
  EXPECT_EQ(events_of(events, rows, R"({"u":"1","e":"a"})").find("properties"), std::string::npos)
      << "nothing stays from the row before";
  EXPECT_EQ(events_of(events, rows, "[1]"), "the line is no JSON object");
}

TEST(RowMapping, WhatIsMissingOrToldTwiceIsSaid) {
  const std::vector<std::string> columns{"a", "b", "c"};
  const auto said = [&](std::map<std::string, ColumnMeaning, std::less<>> told) {
    RowMapping made;
    made.columns = std::move(told);
    const auto checked = check_mapping(made, columns);
    return checked ? "" : checked.error().message;
  };
  const auto unit = as(Meaning::unit);
  const auto time = as(Meaning::time);
  EXPECT_EQ(said({{"a", unit}, {"b", time}, {"c", as(Meaning::event)}}), "");
  EXPECT_EQ(said({{"a", unit}, {"b", time}, {"c", as(Meaning::happened)}}), "");
  EXPECT_EQ(said({{"d", unit}}), "there is no column \"d\"");
  EXPECT_EQ(said({{"a", unit}, {"b", unit}}), "two columns are the unit: \"a\" and \"b\"");
  EXPECT_EQ(said({{"b", time}}), "no column tells whom the rows are about");
  EXPECT_EQ(said({{"a", unit}}), "no column tells when it was");
  EXPECT_EQ(said({{"a", unit}, {"b", time}}), "no column tells what happened");
  EXPECT_EQ(said({{"a", unit}, {"b", time}, {"c", as(Meaning::variant)}}), "a variant of which experiment?");
}

}  // namespace
}  // namespace touchstone::codec
