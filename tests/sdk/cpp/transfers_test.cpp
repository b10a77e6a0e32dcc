// A transfer beside a server that is a socket in this very thread, so that each byte moves when the test says so.

#include "sdk/cpp/transfers.hpp"

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace touchstone::sdk {
namespace {

using namespace std::chrono_literals;

bool readable(int socket) {
  pollfd one{socket, POLLIN, 0};
  return ::poll(&one, 1, 0) > 0;
}

class OwnServer : public testing::Test {
 protected:
  OwnServer() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&at), size), 0);
    EXPECT_EQ(::listen(listener_, 1), 0);
    EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size), 0);
    address_ = "http://127.0.0.1:" + std::to_string(ntohs(at.sin_port));
  }
  ~OwnServer() override {
    for (const int socket : {listener_, peer_})
      if (socket >= 0) ::close(socket);
  }

  /// Has the request, wholly.
  void take_request(Transfers& transfers) {
    while (!readable(listener_)) transfers.work(1ms);
    peer_ = ::accept(listener_, nullptr, nullptr);
    std::string head;
    std::array<char, 4096> part{};
    while (head.find("\r\n\r\n") == std::string::npos) {
      while (!readable(peer_)) transfers.work(1ms);
      const auto size = ::recv(peer_, part.data(), part.size(), 0);
      ASSERT_GT(size, 0);
      head.append(part.data(), static_cast<std::size_t>(size));
    }
  }
  void answer(std::string_view text) const {
    EXPECT_EQ(::send(peer_, text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
  }

  std::string address_;

 private:
  int listener_;
  int peer_ = -1;
};

TEST_F(OwnServer, AnAnswerThatIsThereAlreadyEndsTheWait) {
  Transfers transfers({10s, ""});
  long status = 0;
  transfers.start({.url = address_}, [&status](const Told& told) { status = told.status; });
  take_request(transfers);
  answer("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
  transfers.work(24h);
  EXPECT_EQ(status, 503);
}

}  // namespace
}  // namespace touchstone::sdk
