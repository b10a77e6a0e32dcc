#include "service/codec/event_log.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <zlib.h>

#include "service/codec/event_json.hpp"

namespace touchstone::codec {
namespace {

/// The event of a line in the form of the native route, or the error.
std::string native(std::string_view line) {
  storage::EventBatch batch;
  EventLogReader reader;
  const auto read = reader.read(line, batch);
  return read ? write_event(batch.events.front()) : "refused at " + read.error().pointer + ": " + read.error().message;
}

std::string canonical(std::string_view item) {
  const auto body = read_events(item);
  return body && body->refused.empty() ? write_event(body->batch.events.front()) : "refused";
}

struct Twins {
  std::string_view neutral;
  std::string_view native;
};

TEST(EventLog, ALineAndItsNativeTwinAreTheSameEvent) {
  const std::initializer_list<Twins> twins = {
      {R"({"type":"exposure","unit_id":"922696","experiment":"landing_page","variant":"treatment","event":"page_view","value":null,)"
       R"("ts":"2017-01-02T13:42:05.378582Z","attributes":{"event_id":"lp-1-x","landing_page":"new_page","country":"US"}})",
       R"({"id":"lp-1-x","type":"exposure","unit":"922696","experiment":"landing_page","variant":"treatment","name":"page_view",)"
       R"("ts":"2017-01-02T13:42:05.378582Z","attributes":{"landing_page":"new_page","country":"US"}})"},
      {R"({"type":"event","unit_id":"1","experiment":null,"variant":null,"event":"converted","value":1,"ts":"2017-01-02T13:42:05Z","attributes":{"event_id":"c"}})",
       R"({"id":"c","type":"event","unit":{"type":"user","id":"1"},"name":"converted","value":1.0,"ts":"2017-01-02T13:42:05Z","properties":{}})"},
      {R"({"type":"event","unit_id":"1","event":"x","ts":"2017-01-02T13:42:05Z","attributes":{"z":1,"event_id":"c"}})",
       R"({"id":"c","type":"event","unit":"1","name":"x","ts":"2017-01-02T13:42:05Z","properties":{"z":1}})"},
      {R"({"type":"event","unit_id":"1","event":"x","ts":"2017-01-02T13:42:05Z","attributes":{"a":"event_id\":","event_id":"c\"d","z":[{}]}})",
       R"({"id":"c\"d","type":"event","unit":"1","name":"x","ts":"2017-01-02T13:42:05Z","attributes":{"z":[{}],"a":"event_id\":"}})"},
      {R"({"type":"event","unit_id":"1","event":"x","ts":"2017-01-02T13:42:05Z","attributes":null})",
       R"({"type":"event","unit":"1","name":"x","ts":"2017-01-02T13:42:05Z"})"}};
  for (const auto& [neutral, item] : twins) {
    EXPECT_EQ(native(neutral), canonical(item));
    EXPECT_EQ(native(item), canonical(item));
  }
}

TEST(EventLog, RefusesWithAPointer) {
  EXPECT_EQ(native(R"({"type":"event","unit_id":1,"event":"x","ts":"2017-01-02T13:42:05Z"})").substr(0, 19),
            "refused at /unit_id");
  EXPECT_EQ(native(R"({"type":"event","unit_id":"1","ts":"2017-01-02T13:42:05Z"})").substr(0, 17), "refused at /event");
  EXPECT_EQ(native(R"({"type":"visit","unit_id":"1","ts":"2017-01-02T13:42:05Z"})").substr(0, 16), "refused at /type");
  EXPECT_EQ(
      native(R"({"type":"event","unit_id":"1","event":"x","ts":"2017-01-02T13:42:05Z","attributes":{"event_id":7}})")
          .substr(0, 31),
      "refused at /attributes/event_id");
  EXPECT_EQ(native("{} x").substr(0, 10), "refused at");
}

TEST(EventLog, NothingIsAppendedOnError) {
  storage::EventBatch batch;
  EventLogReader reader;
  EXPECT_FALSE(reader.read("{}", batch).ok());
  EXPECT_TRUE(batch.events.empty());
}

std::filesystem::path shared() {
  const char* folder = std::getenv("TOUCHSTONE_SHARED");  // NOLINT(concurrency-mt-unsafe)
  return folder != nullptr ? std::filesystem::path(folder)
                           : std::filesystem::path(TOUCHSTONE_SOURCE_DIR) / ".." / "shared";
}

// 294,478 exposures and 35,237 events: data/landing-page/README.md and expected.json.
TEST(EventLog, ReadsEveryLineOfARealExperiment) {
  const auto file = shared() / "data/landing-page/events.ndjson.gz";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no shared data at " << file;
  gzFile in = gzopen(file.c_str(), "rb");
  std::string line(std::size_t{64} * 1024, '\0');
  EventLogReader reader;
  std::size_t exposures = 0;
  std::size_t events = 0;
  while (gzgets(in, line.data(), static_cast<int>(line.size())) != nullptr) {
    storage::EventBatch batch;
    const auto read = reader.read(line.c_str(), batch);
    ASSERT_TRUE(read.ok()) << line.c_str() << read.error().message;
    EXPECT_FALSE(batch.events.front().id.empty());
    ++(batch.events.front().type == storage::EventType::exposure ? exposures : events);
  }
  gzclose(in);
  EXPECT_EQ(exposures, 294'478U);
  EXPECT_EQ(events, 35'237U);
}

}  // namespace
}  // namespace touchstone::codec
