#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace touchstone::http {

/// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) noexcept : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;

  [[nodiscard]] int value() const noexcept { return fd_; }
  int release() noexcept;

 private:
  int fd_;
};

/// A listening TCP socket whose port other sockets of this process may share (SO_REUSEPORT), its connections without
/// Nagle's delay. Throws std::runtime_error naming the address and the cause.
Descriptor listen_tcp(const std::string& address, std::uint16_t port);

/// Throws std::runtime_error where somebody listens on this port, which sharing would otherwise hide.
void require_free(const std::string& address, std::uint16_t port);

/// A listening Unix socket that only this user may connect to. Takes the place of a file left by a process that died.
/// Throws std::runtime_error naming the path and the cause.
Descriptor listen_local(const std::string& path);

/// Removes a Unix socket's file; leaves any other file alone.
void remove_local(const std::string& path) noexcept;

/// The port a socket is bound to.
std::uint16_t bound_port(const Descriptor& socket);

/// What peer_text() says of a Unix socket's peer.
inline constexpr std::string_view kLocalPeer = "local";

/// The remote address as text, without a port; empty where it cannot be told.
std::string peer_text(int socket);

/// How many connections the descriptor limit leaves room for.
std::size_t descriptor_room();

}  // namespace touchstone::http
