#pragma once

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <stdlib.h>

#include "storage/directory.hpp"
#include "storage/event.hpp"

namespace touchstone::storage {

/// A fresh place on disk that goes with the test.
class TemporaryPlace {
 public:
  TemporaryPlace() {
    std::string pattern = (std::filesystem::temp_directory_path() / "touchstone-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
  }
  TemporaryPlace(const TemporaryPlace&) = delete;
  TemporaryPlace& operator=(const TemporaryPlace&) = delete;
  ~TemporaryPlace() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] std::filesystem::path data() const { return path_ / "data"; }
  [[nodiscard]] Directory open() const { return Directory::open(data()).value(); }

 private:
  std::filesystem::path path_;
};

/// 2026-11-21T12:00:00Z, a noon, so that hours around it stay in one day.
inline constexpr Time kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} + std::chrono::hours(12)};

inline Event keep(assign::TextArena& text, Event event) {
  for (std::string_view* view :
       {&event.id, &event.unit.type, &event.unit.id, &event.name, &event.experiment, &event.variant, &event.to.type,
        &event.to.id, &event.attributes, &event.channel, &event.touchpoint}) {
    *view = text.keep(*view);
  }
  return event;
}

inline EventBatch batch_of(const std::vector<Event>& events) {
  EventBatch batch;
  for (const Event& event : events) batch.events.push_back(keep(batch.text, event));
  return batch;
}

inline Event purchase(std::string_view id, std::string_view unit, Time ts, double value = 1.0) {
  Event event;
  event.id = id;
  event.unit = {"user", unit};
  event.ts = ts;
  event.name = "purchase";
  event.value = value;
  return event;
}

/// Everything an event can carry, once.
inline std::vector<Event> one_of_each() {
  Event exposure;
  exposure.type = EventType::exposure;
  exposure.id = "x1";
  exposure.unit = {"user", "u1"};
  exposure.ts = kNoon;
  exposure.experiment = "checkout";
  exposure.variant = "one-page";
  exposure.config_version = 4294967310;
  exposure.attributes = R"({"country":"DE"})";
  Event bought = purchase("", "u2", kNoon + std::chrono::seconds(1), 49.9);
  bought.attributes = R"({"margin":12.5})";
  bought.channel = "web";
  bought.touchpoint = "basket";
  Event link;
  link.type = EventType::link;
  link.id = "l1";
  link.unit = {"device", "d9"};
  link.to = {"user", "u1"};
  link.ts = kNoon - std::chrono::hours(30);
  Event traits;
  traits.type = EventType::traits;
  traits.id = "t1";
  traits.unit = {"user", "u1"};
  traits.ts = kNoon + std::chrono::seconds(2);
  traits.attributes = R"({"plan":"pro"})";
  return {exposure, bought, link, traits};
}

/// As the journal would hold them: numbered from `first_seq`, effective as sent, received a second after noon.
inline std::vector<StoredEvent> stored(const std::vector<Event>& events, std::uint64_t first_seq = 1) {
  std::vector<StoredEvent> rows;
  for (const Event& event : events) {
    rows.push_back({event, first_seq + rows.size(), event.ts, kNoon + std::chrono::seconds(1), 7});
  }
  return rows;
}

/// All of an event in one text, for comparing.
inline std::string line(const Event& event) {
  std::string all = std::to_string(static_cast<int>(event.type)) + '|' +
                    std::to_string(event.ts.time_since_epoch().count()) + '|' + std::to_string(event.config_version) +
                    '|' + (event.value ? std::to_string(*event.value) : "-");
  for (const std::string_view text :
       {event.id, event.unit.type, event.unit.id, event.name, event.experiment, event.variant, event.to.type,
        event.to.id, event.attributes, event.channel, event.touchpoint}) {
    all += '|';
    all += text;
  }
  return all;
}

inline std::string line(const StoredEvent& row) {
  return std::to_string(row.seq) + '|' + std::to_string(row.te.time_since_epoch().count()) + '|' +
         std::to_string(row.received.time_since_epoch().count()) + '|' + std::to_string(row.key) + '|' +
         line(row.event);
}

template <class Rows>
std::vector<std::string> lines(const Rows& rows) {
  std::vector<std::string> all;
  for (const auto& row : rows) all.push_back(line(row));
  return all;
}

}  // namespace touchstone::storage
