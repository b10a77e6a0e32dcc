#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace touchstone::tests {

/// A loopback port that passes bytes to another one, until it is told to misbehave.
class Relay {
 public:
  /// What happens to batches of events; everything else passes.
  enum class Mood : std::uint8_t {
    pass,
    busy,         ///< 503 with a Retry-After of nothing, and a close; the server sees none of it
    too_large,    ///< 413, and a close; the server sees none of it
    lose_answer,  ///< the server gets them, the client never hears of it
  };

  explicit Relay(std::uint16_t target);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }

  void aim(std::uint16_t target);
  /// For so many batches; then they pass.
  void be(Mood mood, int batches);
  /// Batches that met such a mood.
  [[nodiscard]] int misbehaved() const;

 private:
  struct Wire {
    int client = -1;
    int server = -1;
    bool losing = false;
  };

  void run();
  void accept_one();
  bool pass(Wire& wire, bool from_client);
  bool meet(Wire& wire, std::string_view request);

  mutable std::mutex mutex_;
  std::uint16_t target_;
  Mood mood_ = Mood::pass;
  int left_ = 0;
  int misbehaved_ = 0;
  int listener_ = -1;
  int stop_ = -1;
  std::uint16_t port_ = 0;
  std::list<Wire> wires_;
  std::thread thread_;
};

}  // namespace touchstone::tests
