#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "service/http/detail/listen.hpp"
#include "service/http/detail/request_ids.hpp"
#include "service/http/request.hpp"

namespace touchstone::http {

/// What one connection has received and not yet answered, and the request made of it. Shared with the handler of a
/// durable or slow request, which may outlive the connection.
class Inbox {
 public:
  Inbox(std::size_t capacity, std::string from)
      : peer(std::move(from)),
        local(peer == kLocalPeer),
        bytes_(std::make_unique_for_overwrite<char[]>(capacity)),
        capacity_(capacity) {}

  /// From the start of the current request.
  [[nodiscard]] std::string_view current() const noexcept { return {bytes_.get() + begin_, end_ - begin_}; }
  /// What of the current request has not been parsed.
  [[nodiscard]] std::string_view unparsed() const noexcept { return {bytes_.get() + parsed_, end_ - parsed_}; }
  [[nodiscard]] bool at_front() const noexcept { return begin_ == 0; }

  void parsed(std::size_t n) noexcept { parsed_ += n; }
  void received(std::size_t n) noexcept { end_ += n; }

  /// Forgets the parsed bytes: the next request starts here.
  void next() noexcept {
    begin_ = parsed_;
    if (begin_ == end_) begin_ = parsed_ = end_ = 0;
  }

  /// Free space at the end.
  [[nodiscard]] std::span<char> room() noexcept { return {bytes_.get() + end_, capacity_ - end_}; }

  /// Moves the current request to the front. Views into it end, and it is unparsed again.
  void to_front() noexcept {
    std::memmove(bytes_.get(), bytes_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = parsed_ = 0;
  }

  /// Moves the unparsed bytes down to `offset` from the start of the current request, over parsed ones.
  void close_gap(std::size_t offset) noexcept {
    const std::size_t rest = end_ - parsed_;
    parsed_ = begin_ + offset;
    std::memmove(bytes_.get() + parsed_, bytes_.get() + end_ - rest, rest);
    end_ = parsed_ + rest;
  }

  const std::string peer;
  const bool local;
  std::string body;      ///< gathered, where it did not lie in one piece
  std::string inflated;  ///< where it came as gzip
  std::string path;      ///< decoded, where there was anything to decode
  RequestIds::Text request_id;
  Request request;

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_;
  std::size_t begin_ = 0;
  std::size_t parsed_ = 0;
  std::size_t end_ = 0;
};

}  // namespace touchstone::http
