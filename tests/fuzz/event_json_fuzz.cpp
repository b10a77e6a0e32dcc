// Bodies of events: whatever comes, each item gets a verdict, answers are JSON, and what was accepted can be written
// and read again as the same event.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "service/codec/canonical_json.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/event_log.hpp"

namespace {

using namespace touchstone;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_event(const storage::Event& event) {
  const std::string written = codec::write_event(event);
  const auto again = codec::read_events(written);
  if (written.size() > codec::EventLimits::item) return;
  require(again.ok() && again->batch.events.size() == 1);
  require(codec::write_event(again->batch.events.front()) == written);
}

void check_body(std::string_view text) {
  const auto body = codec::read_events(text);
  if (!body) {
    require(!body.error().hint.empty());
    return;
  }
  require(body->items() <= codec::EventLimits::items);
  const std::vector<storage::ItemVerdict> verdicts(body->batch.events.size());
  require(codec::canonical_json(codec::write_verdicts(*body, verdicts)).ok());
  for (const auto& event : body->batch.events) check_event(event);
}

void check_line(std::string_view text) {
  static codec::EventLogReader reader;
  storage::EventBatch batch;
  if (reader.read(text, batch).ok()) check_event(batch.events.front());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_body(text);
  check_line(text);
  return 0;
}
