#include "service/http/detail/listen.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace touchstone::http {
namespace {

constexpr int kBacklog = 4096;
constexpr std::size_t kOtherDescriptors = 64;  // data files, loops, logs

[[noreturn]] void cannot_listen(const std::string& where, const std::string& why) {
  throw std::runtime_error("cannot listen on " + where + ": " + why);
}

[[noreturn]] void cannot_listen(const std::string& where, int error) {
  cannot_listen(where, std::generic_category().message(error));
}

std::string place(const std::string& address, std::uint16_t port) { return fmt::format("{} port {}", address, port); }

struct FreeAddresses {
  void operator()(addrinfo* list) const noexcept { freeaddrinfo(list); }
};

std::unique_ptr<addrinfo, FreeAddresses> resolve(const std::string& address, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* list = nullptr;
  const int error = getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &list);
  if (error != 0) cannot_listen(place(address, port), gai_strerror(error));
  return std::unique_ptr<addrinfo, FreeAddresses>(list);
}

void switch_on(const Descriptor& socket, int level, int option) {
  const int on = 1;
  setsockopt(socket.value(), level, option, &on, sizeof on);
}

Descriptor bind_tcp(const std::string& address, std::uint16_t port, bool shared) {
  const auto resolved = resolve(address, port);
  Descriptor socket(::socket(resolved->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  switch_on(socket, SOL_SOCKET, SO_REUSEADDR);
  if (shared) switch_on(socket, SOL_SOCKET, SO_REUSEPORT);
  switch_on(socket, IPPROTO_TCP, TCP_NODELAY);
  if (bind(socket.value(), resolved->ai_addr, resolved->ai_addrlen) != 0) cannot_listen(place(address, port), errno);
  return socket;
}

sockaddr_un local_address(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) cannot_listen(path, ENAMETOOLONG);
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

const sockaddr* generic(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

bool somebody_answers(const sockaddr_un& address) {
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return connect(socket.value(), generic(address), sizeof address) == 0;
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  Descriptor old(std::exchange(fd_, other.release()));
  return *this;
}

int Descriptor::release() noexcept { return std::exchange(fd_, -1); }

Descriptor listen_tcp(const std::string& address, std::uint16_t port) {
  auto socket = bind_tcp(address, port, true);
  if (listen(socket.value(), kBacklog) != 0) cannot_listen(place(address, port), errno);
  return socket;
}

void require_free(const std::string& address, std::uint16_t port) {
  if (port != 0) bind_tcp(address, port, false);
}

Descriptor listen_local(const std::string& path) {
  const auto address = local_address(path);
  if (somebody_answers(address)) cannot_listen(path, EADDRINUSE);
  remove_local(path);
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  // On Linux the file takes the socket's own mode, so that it is never open to others, not even for a moment.
  if (fchmod(socket.value(), S_IRUSR | S_IWUSR) != 0 || bind(socket.value(), generic(address), sizeof address) != 0 ||
      listen(socket.value(), kBacklog) != 0)
    cannot_listen(path, errno);
  return socket;
}

void remove_local(const std::string& path) noexcept {
  struct stat file {};
  if (lstat(path.c_str(), &file) == 0 && S_ISSOCK(file.st_mode)) ::unlink(path.c_str());
}

std::uint16_t bound_port(const Descriptor& socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  getsockname(socket.value(), reinterpret_cast<sockaddr*>(&address), &size);
  const auto port = address.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                                                  : reinterpret_cast<const sockaddr_in&>(address).sin_port;
  return ntohs(port);
}

std::string peer_text(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (getpeername(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
  if (address.ss_family == AF_UNIX) return std::string(kLocalPeer);
  std::array<char, NI_MAXHOST> text{};
  const int error = getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, text.data(), text.size(), nullptr, 0,
                                NI_NUMERICHOST);
  return error == 0 ? std::string(text.data()) : std::string{};
}

std::size_t descriptor_room() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  const auto all = static_cast<std::size_t>(limit.rlim_cur);
  return std::max<std::size_t>(all > 2 * kOtherDescriptors ? all - kOtherDescriptors : all / 2, 1);
}

}  // namespace touchstone::http
