#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "service/http/server.hpp"

namespace touchstone::http::test {

/// Answers durable requests from a thread of its own, one after the other, as the storage writer does.
class Writer {
 public:
  Writer();
  ~Writer();

  void write(Reply reply, Response response);
  /// Until release(), requests are taken but not answered.
  void hold();
  void release();
  [[nodiscard]] std::size_t waiting() const;

 private:
  void work(const std::stop_token& stop);

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::pair<Reply, Response>> work_;
  bool held_ = false;
  std::jthread thread_;
};

/// A door that slow handlers wait at.
class Door {
 public:
  void pass();
  void open();
  [[nodiscard]] int waiting() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int waiting_ = 0;
};

/// Options for tests: a free port, two event loops, short idle times while draining.
ServerOptions quick_options();

/// The bodies of all errors: "status|detail|hint".
Response plain_error(int status, std::string_view detail, std::string_view hint, std::string_view target);

/// A server on loopback with routes for all that is tried here.
class Trial {
 public:
  explicit Trial(ServerOptions options = quick_options());
  ~Trial();

  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  Server& server() { return server_; }
  Writer& writer() { return writer_; }
  Door& door() { return door_; }
  [[nodiscard]] std::vector<std::string> failures() const;

  /// Says once more to all who listen to /said how often that was.
  void say_more();

  static constexpr std::size_t kSmallBody = 1024;
  static constexpr std::size_t kLargeBody = std::size_t{4} * 1024 * 1024;

 private:
  std::vector<Route> routes();
  ServerOptions listening(ServerOptions options);

  mutable std::mutex mutex_;
  std::atomic<int> said_{0};
  std::vector<std::string> failures_;
  Door door_;
  Server server_;
  Writer writer_;
};

}  // namespace touchstone::http::test
