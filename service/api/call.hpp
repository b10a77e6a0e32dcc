#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/api/attempts.hpp"
#include "service/api/growthbook_cache.hpp"
#include "service/api/hashing.hpp"
#include "service/api/live_board.hpp"
#include "service/api/once.hpp"
#include "service/api/page.hpp"
#include "service/api/snapshot_cache.hpp"
#include "service/api/stream_seats.hpp"
#include "service/app/report_cache.hpp"
#include "service/app/service.hpp"
#include "service/fast/fast_lane.hpp"
#include "service/fast/rate_limit.hpp"
#include "service/http/counters.hpp"
#include "service/http/request.hpp"
#include "service/http/response.hpp"
#include "service/http/route.hpp"

namespace touchstone::app {
class Lookback;
}  // namespace touchstone::app

namespace touchstone::api {

/// What handlers work on.
struct Context {
  app::Service& service;
  fast::FastLane& lane;
  SnapshotCache snapshots;
  std::function<http::Counters()> counters;       ///< of the server that carries the routes; may be empty
  std::function<std::uint64_t()> exposures_lost;  ///< may be empty
  fast::RateLimit quick_rate;                     ///< of evaluation and events, per key
  fast::RateLimit slow_rate;                      ///< of everything else
  Truths truths{};                                ///< of a simulated directory; else empty
  app::ReportCache reports{};                     ///< behind pages that show many
  Turns turns{};                                  ///< requests with an Idempotency-Key that are being answered
  StreamSeats seats{0};                           ///< of streams, per key
  std::chrono::milliseconds heartbeat{15'000};    ///< of streams
  GrowthbookCache growthbook;                     ///< what GrowthBook's SDKs load
  std::shared_ptr<app::Lookback> lookback{};      ///< what the last days' events say of metrics and units
  bool tls = false;                               ///< the service speaks TLS itself
  bool demo = false;                              ///< a setup link lets its reader in without a password
  Attempts attempts{};                            ///< to sign in
  Hashing hashing;                                ///< of passwords
  LiveBoard& live;                                ///< experiments while data arrive
  LiveBoard& past;                                ///< experiments as they were
};

/// What a handler of each lane looks like. The caller was let in by the route's roles.
using FastCall = void (*)(Context&, const http::Request&, const fast::Caller&, http::Response&);
using DurableCall = void (*)(Context&, const http::Request&, const fast::Caller&, const http::Reply&);
using SlowCall = Result<http::Response> (*)(Context&, const http::Request&, const fast::Caller&);
/// A slow one that hashes a password: on the thread for that.
struct HashCall {
  SlowCall call;
};
/// A slow one whose repetitions under one Idempotency-Key have one effect. Its change is stored together with `once`.
using OnceCall = Result<http::Response> (*)(Context&, const http::Request&, const fast::Caller&, const Once& once);

/// Opens a stream. The caller showed a key, or a token of the query that opens streams alone.
using StreamCall = Result<http::Stream> (*)(Context&, const http::Request&, const fast::Caller&);

/// A stream for browsers too, who show a cookie where they cannot set a header; it opens in the pool.
struct LiveCall {
  StreamCall open;
};

/// Who made a change, for the audit.
[[nodiscard]] storage::Actor actor_of(const Context& context, const fast::Caller& caller, std::string reason = {});

// -- answers
[[nodiscard]] http::Response json(std::string text, int status = 200);
/// A document with its version as ETag.
[[nodiscard]] http::Response document(std::string text, std::uint64_t version, int status = 200);
[[nodiscard]] std::string etag_of(std::uint64_t version);

/// The same under any ETag; 304 without the text where If-None-Match names it.
[[nodiscard]] http::Response tagged(std::string text, std::string etag, const http::Request& request);

/// Error precondition where an If-Match header does not name the current version.
[[nodiscard]] Status check_seen(const http::Request& request, std::uint64_t version);

}  // namespace touchstone::api
