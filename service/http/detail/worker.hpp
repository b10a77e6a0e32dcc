#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <string_view>

#include "service/http/detail/clock.hpp"
#include "service/http/detail/mailbox.hpp"
#include "service/http/detail/refusal.hpp"
#include "service/http/detail/reply.hpp"
#include "service/http/detail/request_ids.hpp"
#include "service/http/detail/router.hpp"
#include "service/http/detail/slow_pool.hpp"
#include "service/http/detail/tally.hpp"
#include "service/http/server.hpp"

namespace touchstone::http {

/// What all event loops of a server share.
struct Site {
  Site(ServerOptions given, std::vector<Route> routes, ErrorBody body);

  const ServerOptions options;
  const Router router;
  const ErrorBody error_body;
  std::size_t connection_limit = 0;
  std::atomic<std::size_t> connections{0};
  std::size_t stream_limit = 0;
  std::atomic<std::size_t> streams{0};
  std::unique_ptr<SlowPool> slow;

  void report(std::string_view request_id, std::string_view what) const noexcept;
  /// Reports the exception in flight and says what to answer. To be called from a catch block.
  const Refusal& blame_current(std::string_view request_id) const noexcept;
  /// The answer for a refusal, in the owner's shape; a bare one where the owner's code fails.
  [[nodiscard]] Response refuse(const Refusal& refusal, std::string_view target = {}) const;
};

/// One of the streams that may be open at a time.
class StreamSeat {
 public:
  StreamSeat() = default;
  ~StreamSeat() { leave(); }
  StreamSeat(const StreamSeat&) = delete;
  StreamSeat& operator=(const StreamSeat&) = delete;

  /// False where all are taken.
  [[nodiscard]] bool take(Site& site) noexcept {
    if (site.streams.fetch_add(1, std::memory_order_relaxed) >= site.stream_limit) {
      site.streams.fetch_sub(1, std::memory_order_relaxed);
      return false;
    }
    site_ = &site;
    return true;
  }
  void leave() noexcept {
    if (site_ != nullptr) site_->streams.fetch_sub(1, std::memory_order_relaxed);
    site_ = nullptr;
  }

 private:
  Site* site_ = nullptr;
};

/// An answer without a body, which can always be sent.
[[nodiscard]] Response bare_response(int status);

/// What belongs to one event loop and all its connections, without its sockets.
struct Worker {
  Worker(Site& shared, std::uint32_t number, std::function<void()> wake)
      : site(shared), index(number), mailbox(std::make_shared<Mailbox>(std::move(wake))) {}

  Site& site;
  const std::uint32_t index;
  std::shared_ptr<Mailbox> mailbox;
  LoopTally tally;
  ReplyWriter replies;
  RequestIds ids;
  Response scratch;  ///< what fast handlers write into, its memory kept
  bool draining = false;
  TimePoint drain_end{};
};

}  // namespace touchstone::http
