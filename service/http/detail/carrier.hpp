#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include "service/http/detail/conversation.hpp"
#include "service/http/detail/loop.hpp"

namespace touchstone::http {

/// Carries a Conversation over a socket. `Transport` is the socket, plain or wrapped:
/// - `Stream& stream()`, `Socket& socket()`: what is read and written, and the socket below it;
/// - `open(handler)`, `shut(handler)`: what comes before the first and after the last byte;
/// - `tries_to_write`: whether a write may be tried at once.
template <class Transport>
class Carrier final : public Connection, public std::enable_shared_from_this<Carrier<Transport>> {
 public:
  Carrier(Loop& loop, Transport transport, std::uint64_t id)
      : loop_(loop),
        id_(id),
        transport_(std::move(transport)),
        conversation_(loop.worker(), id, peer_text(transport_.socket().native_handle())) {}

  void start() override {
    guarded([this] {
      phase_ = Phase::opening;
      deadline_ = CoarseClock::now() + deadlines().header;
      transport_.open(handler(&Carrier::on_open));
    });
  }

  void deliver(std::uint64_t turn, const Outcome& outcome) override {
    guarded([&] {
      if (phase_ != Phase::talking && phase_ != Phase::writing) return;
      conversation_.reply(turn, outcome);
      if (phase_ == Phase::talking) drive();
    });
  }

  void feed() override {
    guarded([this] {
      if (phase_ == Phase::talking) drive();
    });
  }

  void tick(TimePoint now) override {
    guarded([&] {
      if (loop_.worker().draining) drain();
      if (phase_ == Phase::closed || now < (phase_ == Phase::talking ? conversation_.deadline() : deadline_)) return;
      if (phase_ != Phase::talking) return close();
      if (conversation_.idle()) return end_idle();
      conversation_.expire();
      drive();
    });
  }

  void close() noexcept override {
    if (std::exchange(phase_, Phase::closed) == Phase::closed) return;
    error_code ignored;
    transport_.socket().close(ignored);
    loop_.remove(id_);
  }

  [[nodiscard]] TimePoint idle_since() const noexcept override {
    return phase_ == Phase::talking && conversation_.idle() ? conversation_.since() : TimePoint::max();
  }

 private:
  using error_code = boost::system::error_code;
  enum class Phase : std::uint8_t { opening, talking, writing, lingering, closed };

  [[nodiscard]] const Deadlines& deadlines() const noexcept { return loop_.worker().site.options.deadlines; }

  // An exception here is this connection's end, and nobody else's.
  template <class F>
  void guarded(F&& step) noexcept {
    try {
      step();
    } catch (...) {
      loop_.worker().tally.failures.add();
      loop_.worker().site.blame_current({});
      close();
    }
  }

  template <class... Arguments>
  auto handler(void (Carrier::*step)(error_code, Arguments...)) {
    return [self = this->shared_from_this(), step](error_code error, Arguments... arguments) {
      self->guarded([&] {
        if (self->phase_ != Phase::closed) (self.get()->*step)(error, arguments...);
      });
    };
  }

  // Whoever was slow with a stream may come back for the rest.
  void drain() {
    if (phase_ == Phase::writing && streaming_) return close();
    if (phase_ == Phase::talking || phase_ == Phase::writing) conversation_.drain();
  }

  void on_open(error_code error) {
    if (error) return close();
    phase_ = Phase::talking;
    drive();
  }

  void drive() {
    for (;;) {
      const auto want = conversation_.advance();
      const bool answered = !conversation_.out().empty();
      if (!flush()) return;
      switch (want) {
        case Conversation::Want::bytes:
          return answered ? read_in_turn() : read();
        case Conversation::Want::reply:
          return;
        case Conversation::Want::room:
          break;
        case Conversation::Want::wake:
          return watch();
        case Conversation::Want::close:
          return linger();
      }
    }
  }

  void read() {
    if (reading_) return;
    const auto room = conversation_.room();
    transport_.stream().async_read_some(boost::asio::buffer(room.data(), room.size()), handler(&Carrier::on_read));
    reading_ = true;
  }

  // A peer that was just answered has nothing to say yet. Once the others have had their turn it may, and the attempt
  // to read that would have been in vain is not.
  void read_in_turn() {
    if (reading_) return;
    boost::asio::post(transport_.socket().get_executor(), [step = handler(&Carrier::on_turn)] { step({}); });
    reading_ = true;
  }

  void on_turn(error_code) {
    reading_ = false;
    if (phase_ == Phase::lingering) return discard();
    if (phase_ == Phase::talking) read();
  }

  void on_read(error_code error, std::size_t n) {
    reading_ = false;
    if (error) return close();
    if (phase_ == Phase::lingering) return discard();
    conversation_.received(n);
    drive();
  }

  // Nothing is asked while a stream is sent, but the peer's end is to be noticed.
  void watch() {
    if (!std::exchange(streaming_, true)) loop_.add_stream(id_);
    if (reading_) return;
    transport_.stream().async_read_some(boost::asio::buffer(unread()), handler(&Carrier::on_watched));
    reading_ = true;
  }

  void on_watched(error_code error, std::size_t) {
    reading_ = false;
    if (error) return close();
    phase_ == Phase::lingering ? discard() : watch();
  }

  // Sends what there is: at once where the socket takes it, else later. False where the rest happens later, or never.
  bool flush() {
    auto& out = conversation_.out();
    if (out.empty()) return true;
    error_code error;
    sent_ = 0;
    if constexpr (Transport::tries_to_write) sent_ = transport_.stream().write_some(boost::asio::buffer(out), error);
    if (error && error != boost::asio::error::would_block) {
      close();
      return false;
    }
    loop_.worker().tally.bytes_out.add(sent_);
    if (sent_ == out.size()) {
      forget(out);
      return true;
    }
    sending_.swap(out);
    phase_ = Phase::writing;
    begin_window();
    write_rest();
    return false;
  }

  void write_rest() {
    transport_.stream().async_write_some(boost::asio::buffer(sending_.data() + sent_, sending_.size() - sent_),
                                         handler(&Carrier::on_written));
  }

  void on_written(error_code error, std::size_t n) {
    if (error) return close();
    loop_.worker().tally.bytes_out.add(n);
    sent_ += n;
    window_bytes_ += n;
    if (window_bytes_ >= deadlines().write.bytes) begin_window();
    if (sent_ < sending_.size()) return write_rest();
    forget(sending_);
    phase_ = Phase::talking;
    drive();
  }

  void begin_window() {
    window_bytes_ = 0;
    deadline_ = CoarseClock::now() + deadlines().write.window;
  }

  // A close while the peer still sends resets the connection and may take the last reply with it: the peer closes
  // first, or the deadline does.
  void linger() {
    phase_ = Phase::lingering;
    const auto patience =
        loop_.worker().draining ? std::min(deadlines().linger, deadlines().grace) : deadlines().linger;
    deadline_ = CoarseClock::now() + patience;
    if (reading_) return on_shut({});
    transport_.shut(handler(&Carrier::on_shut));
  }

  void on_shut(error_code) {
    error_code ignored;
    transport_.socket().shutdown(Socket::shutdown_send, ignored);
    discard();
  }

  void discard() {
    if (reading_) return;
    transport_.socket().async_read_some(boost::asio::buffer(unread()), handler(&Carrier::on_discarded));
    reading_ = true;
  }

  void on_discarded(error_code error, std::size_t) {
    reading_ = false;
    if (error) return close();
    discard();
  }

  // A request may have come since the last look at the socket.
  void end_idle() {
    error_code error;
    if (transport_.socket().available(error) == 0 || error) close();
  }

  // Where bytes go that nobody reads.
  static std::array<char, 16'384>& unread() {
    static thread_local std::array<char, 16'384> bytes;
    return bytes;
  }

  static void forget(std::string& text) {
    static constexpr std::size_t kept = 65'536;
    text.clear();
    if (text.capacity() > kept) text.shrink_to_fit();
  }

  Loop& loop_;
  const std::uint64_t id_;
  Transport transport_;
  Conversation conversation_;
  std::string sending_;
  std::size_t sent_ = 0;
  std::size_t window_bytes_ = 0;
  TimePoint deadline_;
  Phase phase_ = Phase::opening;
  bool reading_ = false;
  bool streaming_ = false;
};

}  // namespace touchstone::http
