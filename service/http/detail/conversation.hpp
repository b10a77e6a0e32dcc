#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "service/http/detail/head_parser.hpp"
#include "service/http/detail/head_scan.hpp"
#include "service/http/detail/inbox.hpp"
#include "service/http/detail/worker.hpp"

namespace touchstone::http {

/// One connection's HTTP, without its socket: bytes in, replies out, one request at a time and in order.
///
/// The carrier reads into room(), tells received(), calls advance() and does what it asks for, after it has sent out().
class Conversation {
 public:
  enum class Want : std::uint8_t {
    bytes,  ///< more from the peer
    reply,  ///< nothing until reply() is called
    room,   ///< out() sent, then advance() again
    wake,   ///< out() sent, then advance() again whenever its stream may have something to say
    close,  ///< nothing more is read
  };

  Conversation(Worker& worker, std::uint64_t id, std::string peer);

  [[nodiscard]] std::span<char> room();
  void received(std::size_t n);
  Want advance();

  /// The reply that is awaited. One that belongs to an earlier turn is dropped.
  void reply(std::uint64_t turn, const Outcome& outcome);

  /// Whether nothing of a request has been received.
  [[nodiscard]] bool idle() const noexcept { return phase_ == Phase::head && inbox_->current().empty(); }
  [[nodiscard]] TimePoint deadline() const noexcept { return deadline_; }
  /// When the current phase began.
  [[nodiscard]] TimePoint since() const noexcept { return since_; }

  /// The deadline has passed: answers for what has been begun. The next advance() asks to close.
  void expire();
  /// The service stops: brings the deadline forward.
  void drain();

  [[nodiscard]] std::string& out() noexcept { return out_; }

 private:
  enum class Phase : std::uint8_t { head, body, reply, stream, closed };

  bool step();
  bool read_head();
  bool await_head();
  void parse_head(std::size_t size);
  void accept_head();
  bool find_route();
  void begin_body();
  bool read_plain_body();
  bool read_chunks();
  void take_body(std::string_view body);

  void run(const FastHandler& handler);
  void run(const DurableHandler& handler);
  void run(const SlowHandler& handler);
  std::shared_ptr<Ticket> begin_turn();

  void answer(const Response& response);
  void begin_stream(const Response& response, const Stream& stream);
  Want feed();
  void beat();
  void end_stream();
  void refuse(const Refusal& refusal);
  void decline(const Refusal& refusal, std::uint8_t methods = 0);
  bool append(const Response& response);
  void append_refusal(const Refusal& refusal, std::uint8_t methods = 0);
  bool try_append(const Response& response);
  void next_request();
  void reset_request();
  void begin_window();
  void set_deadline(std::chrono::milliseconds from_now);
  [[nodiscard]] bool stays_open() const noexcept;
  // Since the last complete head; only asked for what follows one.
  [[nodiscard]] HeadParser& parser() noexcept { return *parser_; }  // NOLINT(bugprone-unchecked-optional-access)
  [[nodiscard]] const Head& head() noexcept { return parser().head(); }
  [[nodiscard]] const ServerOptions& options() const noexcept { return worker_.site.options; }

  Worker& worker_;
  const std::uint64_t id_;
  std::shared_ptr<Inbox> inbox_;
  std::string out_;
  HeadScan scan_;
  std::optional<HeadParser> parser_;
  const Route* route_ = nullptr;
  Stream stream_;
  StreamSeat seat_;
  std::size_t head_size_ = 0;
  std::size_t gathered_ = 0;      // of a plain body that came in pieces
  std::size_t window_bytes_ = 0;  // received in the current window
  std::uint64_t turn_ = 0;
  TimePoint since_;
  TimePoint deadline_;
  Phase phase_ = Phase::head;
  bool keep_alive_ = true;
  bool http10_ = false;
};

}  // namespace touchstone::http
