#include "tests/sdk/cpp/relay.hpp"

#include <array>
#include <stdexcept>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace touchstone::tests {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

int connected(std::uint16_t port) {
  const int to = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = loopback(port);
  if (connect(to, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return to;
  close(to);
  return -1;
}

bool send_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace

Relay::Relay(std::uint16_t target) : target_(target), stop_(eventfd(0, EFD_CLOEXEC)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = loopback(0);
  socklen_t size = sizeof address;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, SOMAXCONN) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no loopback port");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

Relay::~Relay() {
  eventfd_write(stop_, 1);
  thread_.join();
  for (const auto& wire : wires_) {
    close(wire.client);
    close(wire.server);
  }
  close(listener_);
  close(stop_);
}

void Relay::aim(std::uint16_t target) {
  const std::lock_guard lock(mutex_);
  target_ = target;
}

void Relay::be(Mood mood, int batches) {
  const std::lock_guard lock(mutex_);
  mood_ = mood;
  left_ = batches;
}

int Relay::misbehaved() const {
  const std::lock_guard lock(mutex_);
  return misbehaved_;
}

void Relay::run() {
  while (true) {
    std::vector<pollfd> waiting = {{stop_, POLLIN, 0}, {listener_, POLLIN, 0}};
    for (const auto& wire : wires_) {
      waiting.push_back({wire.client, POLLIN, 0});
      waiting.push_back({wire.server, POLLIN, 0});
    }
    if (poll(waiting.data(), waiting.size(), -1) < 0 || waiting[0].revents != 0) return;
    std::size_t at = 2;
    for (auto wire = wires_.begin(); wire != wires_.end() && at < waiting.size(); at += 2) {
      const bool open =
          (waiting[at].revents == 0 || pass(*wire, true)) && (waiting[at + 1].revents == 0 || pass(*wire, false));
      if (open) {
        ++wire;
        continue;
      }
      close(wire->client);
      close(wire->server);
      wire = wires_.erase(wire);
    }
    if (waiting[1].revents != 0) accept_one();
  }
}

void Relay::accept_one() {
  const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  const std::lock_guard lock(mutex_);
  const int server = connected(target_);
  if (server < 0) {
    close(client);
  } else {
    wires_.push_back({client, server});
  }
}

bool Relay::pass(Wire& wire, bool from_client) {
  std::array<char, 65536> block;
  const auto size = recv(from_client ? wire.client : wire.server, block.data(), block.size(), 0);
  if (size <= 0) return false;
  const std::string_view bytes(block.data(), static_cast<std::size_t>(size));
  if (from_client) return meet(wire, bytes) && send_all(wire.server, bytes);
  return !wire.losing && send_all(wire.client, bytes);
}

/// False where the request goes no further.
bool Relay::meet(Wire& wire, std::string_view request) {
  const std::lock_guard lock(mutex_);
  if (!request.starts_with("POST /v1/events") || left_ == 0) return true;
  --left_;
  ++misbehaved_;
  wire.losing = mood_ == Mood::lose_answer;
  if (wire.losing) return true;
  const std::string status =
      mood_ == Mood::busy ? "503 Service Unavailable\r\nRetry-After: 0" : "413 Content Too Large";
  send_all(wire.client, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  return false;
}

}  // namespace touchstone::tests
