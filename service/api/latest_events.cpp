#include <deque>
#include <ranges>
#include <string>
#include <utility>

#include "service/api/handlers.hpp"
#include "service/api/query.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/json_writer.hpp"
#include "storage/journal.hpp"

namespace touchstone::api {

namespace {

constexpr std::uint64_t kFurthestBack =
    100'000;                          ///< numbers that are looked at, those of other environments among them
constexpr std::uint64_t kNearby = 4;  ///< numbers for each event asked for, which suffice most of the time

/// The end of what was read: no more batches than hold `limit` events.
struct Latest {
  std::deque<storage::StoredBatch> batches;
  std::uint64_t events = 0;

  void take(storage::StoredBatch&& batch, std::uint64_t limit) {
    events += batch.events.size();
    batches.push_back(std::move(batch));
    while (events - batches.front().events.size() >= limit) {
      events -= batches.front().events.size();
      batches.pop_front();
    }
  }
};

Result<Latest> read_latest(storage::JournalReader& journal, std::uint32_t environment, std::uint64_t last,
                           std::uint64_t numbers, std::uint64_t limit) {
  Latest latest;
  const storage::JournalRange range{
      .from_seq = last < numbers ? 1 : last - numbers + 1, .to_seq = last, .environment = environment};
  const auto scanned = journal.scan(range, [&](std::uint32_t, storage::StoredBatch&& batch) {
    latest.take(std::move(batch), limit);
    return true;
  });
  if (!scanned) return scanned.error();
  return latest;
}

std::string write_latest(const Latest& latest, std::uint64_t limit) {
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  for (const auto& batch : std::views::reverse(latest.batches)) {
    for (const auto& stored : std::views::reverse(batch.events)) {
      if (limit == 0) break;
      out.raw(codec::write_stored_event(stored));
      --limit;
    }
  }
  out.end_array().end_object();
  return text;
}

}  // namespace

Result<http::Response> list_events(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  const auto limit = query->limit();
  if (!limit) return limit.error();
  storage::JournalReader journal(context.service.directory());
  const auto last = journal.last_seq();
  if (!last) return last.error();
  const auto nearby = *limit * kNearby;
  auto latest = read_latest(journal, caller.environment, *last, nearby, *limit);
  if (latest && latest->events < *limit && nearby < *last)
    latest = read_latest(journal, caller.environment, *last, kFurthestBack, *limit);
  if (!latest) return latest.error();
  return json(write_latest(*latest, *limit));
}

}  // namespace touchstone::api
