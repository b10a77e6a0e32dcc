#include "service/api/stream.hpp"

#include <charconv>
#include <iterator>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "service/api/handlers.hpp"
#include "service/api/query.hpp"

namespace touchstone::api {

namespace {

using fast::FastLane;

std::int64_t version_of(std::string_view text) {
  std::int64_t version = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  return error == std::errc{} && end == text.data() + text.size() ? version : -1;
}

/// What one reader was told.
struct Teller {
  FastLane* lane;
  std::uint32_t worker;
  std::uint32_t environment;
  int pause;
  std::int64_t seen;
  Saying saying;
  bool begun = false;

  bool operator()(std::string& out) {
    const auto* snapshot = lane->view(worker).snapshot(environment);
    if (snapshot == nullptr) return true;
    if (!std::exchange(begun, true)) return begin(*snapshot, out);
    if (snapshot->config_version() > seen) tell(*snapshot, out);
    return true;
  }

  bool begin(const assign::Snapshot& snapshot, std::string& out) {
    fmt::format_to(std::back_inserter(out), "retry: {}\n", pause);
    if (snapshot.config_version() == seen)
      out += ": nothing has changed\n\n";
    else
      tell(snapshot, out);
    return true;
  }

  void tell(const assign::Snapshot& snapshot, std::string& out) {
    seen = snapshot.config_version();
    saying(snapshot, out);
  }
};

void say_config(const assign::Snapshot& snapshot, std::string& out) {
  fmt::format_to(std::back_inserter(out), "id: {0}\nevent: config\ndata: {{\"config_version\":{0}}}\n\n",
                 snapshot.config_version());
}

void say_refetch(const assign::Snapshot& snapshot, std::string& out) {
  const auto changed = std::chrono::floor<std::chrono::seconds>(snapshot.published_at()).time_since_epoch().count();
  fmt::format_to(std::back_inserter(out),
                 "id: {0}\nevent: message\ndata: "
                 "{{\"type\":\"refetchEvaluation\",\"etag\":\"\\\"{0}\\\"\",\"lastModified\":{1}}}\n\n",
                 snapshot.config_version(), changed);
}

/// Of a stream that the reader had before, else of what it has read elsewhere.
Result<http::Stream> open(Context& context, const http::Request& request, const fast::Caller& caller,
                          const Saying& saying) {
  if (!request.last_event_id.empty()) return config_stream(context, request, caller, request.last_event_id, saying);
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  return config_stream(context, request, caller, query->text("since"), saying);
}

}  // namespace

int pause_of(const http::Request& request, Time now) {
  return 1'000 + static_cast<int>((now.time_since_epoch().count() + request.worker) % 2'000);
}

http::Stream config_stream(Context& context, const http::Request& request, const fast::Caller& caller,
                           std::string_view seen, Saying saying) {
  return {Teller{&context.lane, request.worker, caller.environment, pause_of(request, context.service.now()),
                 version_of(seen), std::move(saying)},
          ":\n\n", context.heartbeat};
}

http::Stream while_valid(Context& context, const http::Request& request, std::string_view key, http::Stream stream) {
  const auto& view = context.lane.view(request.worker);
  const auto hash = fast::hash_of_key(key);
  stream.feed = [lane = &context.lane, worker = request.worker, hash, keys = view.keys,
                 feed = std::move(stream.feed)](std::string& out) mutable {
    const auto& now = lane->view(worker).keys;
    if (now != keys && !now->find(hash)) return false;
    keys = now;
    return feed(out);
  };
  return stream;
}

Result<http::Stream> stream_config(Context& context, const http::Request& request, const fast::Caller& caller) {
  return open(context, request, caller, say_config);
}

Result<http::Stream> stream_refetches(Context& context, const http::Request& request, const fast::Caller& caller) {
  return open(context, request, caller, say_refetch);
}

}  // namespace touchstone::api
