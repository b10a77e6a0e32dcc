#include "tests/service/http/wire.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace touchstone::http::test {
namespace {

void set_patience(int fd) {
  const timeval patience{10, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

int connect_to(int family, const sockaddr* address, socklen_t size) {
  const int fd = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  set_patience(fd);
  if (::connect(fd, address, size) == 0) return fd;
  ::close(fd);
  return -1;
}

Answer parse_head(std::string_view head) {
  Answer answer;
  answer.status = std::stoi(std::string(head.substr(9, 3)));
  auto rest = head.substr(head.find("\r\n") + 2);
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find("\r\n"));
    rest.remove_prefix(line.size() + 2);
    const auto colon = line.find(": ");
    answer.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  return answer;
}

}  // namespace

std::string Answer::header(std::string_view name) const {
  const auto found =
      std::ranges::find(headers, name, [](const auto& header) { return std::string_view(header.first); });
  return found == headers.end() ? std::string{} : found->second;
}

std::optional<Answer> take_answer(std::string& bytes, bool head) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  auto answer = parse_head(std::string_view(bytes).substr(0, end + 2));
  const auto length = answer.header("Content-Length");
  const std::size_t size = head || length.empty() ? 0 : std::stoul(length);
  if (bytes.size() < end + 4 + size) return std::nullopt;
  answer.body = bytes.substr(end + 4, size);
  bytes.erase(0, end + 4 + size);
  return answer;
}

Wire::Wire(std::uint16_t port, const std::string& address) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  inet_pton(AF_INET, address.c_str(), &to.sin_addr);
  fd_ = connect_to(AF_INET, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  const int on = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Wire::Wire(const std::string& unix_socket) {
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  unix_socket.copy(to.sun_path, sizeof to.sun_path - 1);
  fd_ = connect_to(AF_UNIX, reinterpret_cast<const sockaddr*>(&to), sizeof to);
}

Wire::~Wire() {
  if (fd_ >= 0) ::close(fd_);
}

bool Wire::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

Wire::Got Wire::receive() {
  std::array<char, std::size_t{64} * 1024> bytes;
  const auto n = ::recv(fd_, bytes.data(), bytes.size(), 0);
  if (n < 0) return Got::trouble;
  if (n == 0) return Got::end;
  received_.append(bytes.data(), static_cast<std::size_t>(n));
  return Got::bytes;
}

std::optional<Answer> Wire::read(bool head) {
  for (;;) {
    if (auto answer = take_answer(received_, head)) return answer;
    if (receive() != Got::bytes) return std::nullopt;
  }
}

std::optional<Answer> Wire::ask(std::string_view bytes) {
  send(bytes);
  return read();
}

std::optional<std::string> Wire::read_through(std::string_view end) {
  for (;;) {
    if (const auto at = received_.find(end); at != std::string::npos) {
      auto text = received_.substr(0, at + end.size());
      received_.erase(0, text.size());
      return text;
    }
    if (receive() != Got::bytes) return std::nullopt;
  }
}

std::optional<std::vector<Answer>> Wire::read_to_end() {
  std::vector<Answer> all;
  for (;;) {
    while (auto answer = take_answer(received_)) all.push_back(std::move(*answer));
    const auto got = receive();
    if (got == Got::trouble) return std::nullopt;
    if (got == Got::end) return all;
  }
}

bool Wire::ended() { return received_.empty() && receive() == Got::end; }

void Wire::finish_sending() { ::shutdown(fd_, SHUT_WR); }

std::string get(std::string_view path) { return fmt::format("GET {} HTTP/1.1\r\nHost: a\r\n\r\n", path); }

std::string post(std::string_view path, std::string_view body, std::string_view headers) {
  return fmt::format("POST {} HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n{}\r\n{}", path, body.size(), headers, body);
}

}  // namespace touchstone::http::test
