#include "service/http/server.hpp"

#include <algorithm>
#include <mutex>
#include <thread>
#include <utility>

#include "service/http/detail/listen.hpp"
#include "service/http/detail/loop.hpp"
#include "service/http/detail/tls.hpp"

namespace touchstone::http {

struct Server::State {
  State(ServerOptions options, std::vector<Route> routes, ErrorBody error_body)
      : site(std::move(options), std::move(routes), std::move(error_body)),
        loop_count(site.options.threads != 0 ? site.options.threads
                                             : std::max(1U, std::thread::hardware_concurrency())) {}

  void open();
  void run();

  Site site;
  unsigned loop_count;
  std::unique_ptr<boost::asio::ssl::context> tls;
  std::vector<std::unique_ptr<Loop>> loops;
  std::vector<std::jthread> threads;
  std::uint16_t port = 0;
  bool owns_local = false;
  std::once_flag stopped;
  std::mutex waking;  // loops do not go while somebody wakes them
};

void Server::State::open() {
  const auto& options = site.options;
  const auto room = descriptor_room();
  site.connection_limit = options.limits.connections == 0 ? room : std::min(options.limits.connections, room);
  const auto streams = options.limits.streams;
  site.stream_limit = std::min(streams == 0 ? site.connection_limit / 2 : streams, site.connection_limit);
  tls = tls_context(options);
  if (!options.address.empty()) require_free(options.address, options.port);
  port = options.port;
  for (unsigned i = 0; i < loop_count; ++i) {
    auto& loop = loops.emplace_back(std::make_unique<Loop>(site, tls.get(), i));
    if (options.address.empty()) continue;
    auto socket = listen_tcp(options.address, port);
    port = bound_port(socket);
    loop->listen_tcp(std::move(socket));
  }
  if (options.unix_socket.empty()) return;
  loops.front()->listen_local(listen_local(options.unix_socket));
  owns_local = true;
}

void Server::State::run() {
  site.slow = std::make_unique<SlowPool>(site.options.slow_threads, site.options.slow_queue);
  for (const auto& loop : loops) threads.emplace_back([&each = *loop] { each.run(); });
}

Server::Server(ServerOptions options, std::vector<Route> routes, ErrorBody error_body)
    : state_(std::make_unique<State>(std::move(options), std::move(routes), std::move(error_body))) {}

Server::~Server() { stop(); }

void Server::start() {
  {
    const std::lock_guard lock(state_->waking);
    state_->open();
  }
  state_->run();
}

void Server::stop() {
  std::call_once(state_->stopped, [this] {
    for (const auto& loop : state_->loops) loop->drain();
    state_->threads.clear();
    if (state_->site.slow) state_->site.slow->stop();
    if (state_->owns_local) remove_local(state_->site.options.unix_socket);
    const std::lock_guard lock(state_->waking);
    state_->loops.clear();
  });
}

void Server::wake_streams() {
  const std::lock_guard lock(state_->waking);
  for (const auto& loop : state_->loops) loop->wake_streams();
}

std::uint16_t Server::port() const noexcept { return state_->port; }

unsigned Server::threads() const noexcept { return state_->loop_count; }

Counters Server::counters() const {
  Counters sum;
  for (const auto& loop : state_->loops) loop->add_to(sum);
  sum.active = state_->site.connections.load(std::memory_order_relaxed);
  sum.streams = state_->site.streams.load(std::memory_order_relaxed);
  sum.slow_queued = state_->site.slow ? state_->site.slow->queued() : 0;
  return sum;
}

}  // namespace touchstone::http
