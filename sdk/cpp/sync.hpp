#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "sdk/cpp/board.hpp"
#include "sdk/cpp/cache_file.hpp"
#include "sdk/cpp/event_stream.hpp"
#include "sdk/cpp/options.hpp"
#include "sdk/cpp/publication.hpp"
#include "sdk/cpp/transfers.hpp"
#include "sdk/wire/backoff.hpp"

namespace touchstone::sdk {

/// The moments of the client's thread.
using Moment = std::chrono::steady_clock::time_point;

/// Keeps the configuration current: asks for it under its ETag, is told of changes by the stream, and asks now and then
/// while there is none. What the server says replaces what is there, unless it is older.
class Sync {
 public:
  /// Publishes what the options bring along: the cached configuration, or else the bootstrap. All must outlive it.
  Sync(const Options& options, std::uint64_t seed, Transfers& transfers, Publication& publication, Board& board);

  /// Does what is due; says when something will be.
  [[nodiscard]] Moment step(Moment now);

 private:
  void fetch();
  void take(const Told& told);
  void take_document(const Told& told);
  void refuse(const Error& error);
  void confirm();
  void listen();
  void stream_ended(const Told& told);
  void hear_bytes(std::string_view bytes);
  void hear(const EventStream::Message& message);
  Status publish(const Fetched& fetched, Origin origin);
  void fail(const std::string& words, std::optional<std::chrono::seconds> retry_after);
  void note(const std::string& words);
  [[nodiscard]] std::chrono::milliseconds pause() const;
  [[nodiscard]] std::vector<std::string> headers() const;

  const Options* options_;
  Transfers* transfers_;
  Publication* publication_;
  Board* board_;
  CacheFile cache_;
  wire::Backoff fetch_backoff_;
  wire::Backoff stream_backoff_;
  EventStream stream_;
  std::string announced_;  ///< the newest version that the stream spoke of
  std::string etag_;
  std::int64_t version_ = 0;  ///< of what the server said, now or when the cache was written
  Moment fetch_at_{};
  Moment listen_at_{};
  bool fetching_ = false;
  bool fetch_again_ = false;
  bool listening_ = false;
  bool streaming_ = false;  ///< something was heard on it
};

}  // namespace touchstone::sdk
