#include "service/http/detail/loop.hpp"

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <netinet/in.h>
#include <sys/socket.h>

#include "service/http/detail/session.hpp"

namespace touchstone::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::chrono::milliseconds kDrainTick{5};
constexpr std::chrono::milliseconds kLastWords{500};  // for the peer to read what the drain deadline forced
constexpr std::chrono::milliseconds kBreath{10};
constexpr int kFedAtOnce = 64;  // streams; then requests have their turn

std::int64_t unix_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

Loop::Loop(Site& site, asio::ssl::context* tls, std::uint32_t index)
    : site_(site), tls_(tls), worker_(site, index, [this] { asio::post(context_, [this] { read_mail(); }); }) {
  worker_.replies.set_time(unix_seconds());
}

void Loop::listen_tcp(Descriptor socket) { listen(AF_INET, std::move(socket), tls_); }
void Loop::listen_local(Descriptor socket) { listen(AF_UNIX, std::move(socket), nullptr); }

void Loop::listen(int family, Descriptor socket, asio::ssl::context* tls) {
  Acceptor acceptor(context_);
  acceptor.assign(asio::generic::stream_protocol(family, 0), socket.release());
  acceptor.non_blocking(true);
  listeners_.push_back({std::move(acceptor), tls});
}

void Loop::run() noexcept {
  for (;;) {
    try {
      arm();
      context_.run();
      break;
    } catch (...) {
      worker_.tally.failures.add();
      site_.blame_current({});
      disarm();
      std::this_thread::sleep_for(kBreath);
    }
  }
  worker_.mailbox->close();
}

// A failure inside the reactor may have dropped what was started without a word.
void Loop::disarm() noexcept {
  boost::system::error_code ignored;
  tick_armed_ = false;
  for (auto& listener : listeners_) {
    listener.acceptor.cancel(ignored);
    listener.armed = false;
  }
}

// Starts whatever waits for nothing: at first all, later what a failure has stopped.
void Loop::arm() {
  if (!tick_armed_ && !finished_) arm_tick();
  if (worker_.draining) return;
  for (auto& listener : listeners_) {
    if (!listener.armed) accept(listener);
  }
}

void Loop::accept(Listener& listener) {
  listener.acceptor.async_accept([this, &listener](error_code error, Socket socket) {
    if (error == asio::error::operation_aborted) return;
    listener.armed = false;
    on_accept(listener, error, std::move(socket));
  });
  listener.armed = true;
}

// Without a descriptor or memory for the next connection, accepting rests until the tick.
void Loop::on_accept(Listener& listener, error_code error, Socket socket) {
  if (!error) {
    welcome(listener, std::move(socket));
  } else if (error != asio::error::connection_aborted) {
    worker_.tally.accept_failures.add();
    return;
  }
  if (!worker_.draining) accept(listener);
}

void Loop::welcome(const Listener& listener, Socket socket) {
  if (finished_) return;
  worker_.tally.accepted.add();
  if (site_.connections.load(std::memory_order_relaxed) >= site_.connection_limit && !make_room())
    return turn_away(listener, std::move(socket));
  const auto id = ++last_id_;
  socket.non_blocking(true);
  auto connection = listener.tls != nullptr ? open_tls(*this, *listener.tls, std::move(socket), id)
                                            : open_plain(*this, std::move(socket), id);
  connections_.emplace(id, connection);
  site_.connections.fetch_add(1, std::memory_order_relaxed);
  connection->start();
}

void Loop::turn_away(const Listener& listener, Socket socket) {
  worker_.tally.connections_refused.add();
  if (listener.tls != nullptr) return;
  RequestIds::Text id;
  std::string out;
  if (!worker_.replies.append(out, site_.refuse(refusal::too_many_connections),
                              {.keep_alive = false, .request_id = worker_.ids.next(id)}))
    return;
  error_code ignored;
  std::array<char, 4096> unread;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(out), ignored);
  socket.shutdown(Socket::shutdown_send, ignored);
  socket.read_some(asio::buffer(unread), ignored);  // bytes left unread would turn the close into a reset
}

// Ends the connection that has been idle longest, if for a tick at least.
bool Loop::make_room() {
  const auto idle_since = [](const auto& entry) { return entry.second->idle_since(); };
  const auto oldest = std::ranges::min_element(connections_, {}, idle_since);
  if (oldest == connections_.end()) return false;
  const auto since = idle_since(*oldest);
  if (since == TimePoint::max() || since + site_.options.deadlines.tick > CoarseClock::now()) return false;
  worker_.tally.connections_evicted.add();
  const auto kept = oldest->second;
  kept->close();
  return true;
}

void Loop::remove(std::uint64_t id) noexcept {
  streams_.erase(id);
  if (connections_.erase(id) > 0) site_.connections.fetch_sub(1, std::memory_order_relaxed);
}

void Loop::arm_tick() {
  const auto period = site_.options.deadlines.tick;
  ticker_.expires_after(worker_.draining ? std::min(period, kDrainTick) : period);
  ticker_.async_wait([this](error_code error) {
    if (error == asio::error::operation_aborted) return;
    tick_armed_ = false;
    tick();
  });
  tick_armed_ = true;
}

void Loop::tick() {
  arm();
  worker_.replies.set_time(unix_seconds());
  read_mail();
  feed_streams();
  const auto now = CoarseClock::now();
  for (const auto& connection : everyone()) connection->tick(now);
  if (worker_.draining) end_drain(now);
}

void Loop::read_mail() {
  for (const auto& mail : worker_.mailbox->take()) {
    const auto found = connections_.find(mail.connection);
    if (found == connections_.end()) continue;
    const auto kept = found->second;
    kept->deliver(mail.turn, mail.outcome);
  }
}

void Loop::add_stream(std::uint64_t id) { streams_.insert(id); }

void Loop::wake_streams() noexcept {
  if (woken_.exchange(true)) return;
  try {
    asio::post(context_, [this] { feed_streams(); });
  } catch (...) {
    // No memory for a wake-up: the next tick feeds them.
  }
}

// A pass over all streams, begun whenever somebody has woken them since the last one began.
void Loop::feed_streams() {
  if (feeding_ || !woken_.exchange(false)) return;
  fed_up_to_ = 0;
  feeding_ = true;
  feed_some();
}

void Loop::feed_some() {
  for (int fed = 0; fed < kFedAtOnce; ++fed) {
    const auto next = streams_.upper_bound(fed_up_to_);
    if (next == streams_.end()) {
      feeding_ = false;
      return feed_streams();
    }
    fed_up_to_ = *next;
    const auto kept = connections_.find(*next)->second;
    kept->feed();
  }
  try {
    asio::post(context_, [this] { feed_some(); });
  } catch (...) {
    feeding_ = false;
    woken_ = true;  // for the next tick
  }
}

void Loop::drain() {
  asio::post(context_, [this] { begin_drain(); });
}

void Loop::begin_drain() {
  if (worker_.draining) return;
  worker_.drain_end = CoarseClock::now() + site_.options.deadlines.drain;
  worker_.draining = true;
  tick_armed_ = false;
  arm_tick();
  for (auto& listener : listeners_) accept_waiting(listener);
  tick();
}

// Closing a listening socket resets the connections that wait in it: take them first.
void Loop::accept_waiting(Listener& listener) {
  error_code error;
  for (;;) {
    Socket socket = listener.acceptor.accept(error);
    if (error) break;
    welcome(listener, std::move(socket));
  }
  listener.acceptor.close(error);
}

void Loop::end_drain(TimePoint now) {
  if (now >= worker_.drain_end + kLastWords) {
    for (const auto& connection : everyone()) connection->close();
  }
  if (!connections_.empty()) return;
  finished_ = true;
  for (auto& listener : listeners_) listener.acceptor.close();
  ticker_.cancel();
  work_.reset();
}

std::vector<std::shared_ptr<Connection>> Loop::everyone() const {
  std::vector<std::shared_ptr<Connection>> all;
  all.reserve(connections_.size());
  for (const auto& [id, connection] : connections_) all.push_back(connection);
  return all;
}

}  // namespace touchstone::http
