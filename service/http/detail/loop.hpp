#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <set>
#include <unordered_map>
#include <vector>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "service/http/detail/connection.hpp"
#include "service/http/detail/listen.hpp"
#include "service/http/detail/worker.hpp"

namespace touchstone::http {

using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, Executor>;

/// One thread's event loop: its listening sockets, its connections, its clock. A deadline is found by looking at all
/// connections once per tick, so that no request pays for a timer.
class Loop {
 public:
  /// Without a TLS context connections are plain.
  Loop(Site& site, boost::asio::ssl::context* tls, std::uint32_t index);

  /// Before run().
  void listen_tcp(Descriptor socket);
  void listen_local(Descriptor socket);

  /// Serves until drained. No exception leaves it, and none ends it.
  void run() noexcept;

  /// From any thread: run() answers what has been begun, then returns.
  void drain();

  /// From any thread: feeds all streams soon.
  void wake_streams() noexcept;

  void add_to(Counters& sum) const noexcept { worker_.tally.add_to(sum); }

  /// For connections.
  [[nodiscard]] Worker& worker() noexcept { return worker_; }
  void add_stream(std::uint64_t id);
  void remove(std::uint64_t id) noexcept;

 private:
  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol, Executor>;
  struct Listener {
    Acceptor acceptor;
    boost::asio::ssl::context* tls;
    bool armed = false;
  };

  void listen(int family, Descriptor socket, boost::asio::ssl::context* tls);
  void arm();
  void disarm() noexcept;
  void accept(Listener& listener);
  void on_accept(Listener& listener, boost::system::error_code error, Socket socket);
  void welcome(const Listener& listener, Socket socket);
  void turn_away(const Listener& listener, Socket socket);
  bool make_room();
  void arm_tick();
  void tick();
  void read_mail();
  void feed_streams();
  void feed_some();
  void begin_drain();
  void end_drain(TimePoint now);
  void accept_waiting(Listener& listener);
  [[nodiscard]] std::vector<std::shared_ptr<Connection>> everyone() const;

  Site& site_;
  boost::asio::ssl::context* tls_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<Executor> work_{context_.get_executor()};
  boost::asio::basic_waitable_timer<std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>,
                                    Executor>
      ticker_{context_};
  Worker worker_;
  std::list<Listener> listeners_;
  std::unordered_map<std::uint64_t, std::shared_ptr<Connection>> connections_;
  std::uint64_t last_id_ = 0;
  std::set<std::uint64_t> streams_;  // those of the connections that carry one
  std::uint64_t fed_up_to_ = 0;
  bool feeding_ = false;
  std::atomic<bool> woken_{false};
  bool tick_armed_ = false;
  bool finished_ = false;
};

}  // namespace touchstone::http
