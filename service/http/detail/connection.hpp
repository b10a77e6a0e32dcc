#pragma once

#include <cstdint>
#include <memory>

#include "service/http/detail/clock.hpp"
#include "service/http/detail/mailbox.hpp"

namespace touchstone::http {

/// What an event loop knows of a connection, whatever carries its bytes. All calls on the loop's thread.
class Connection {
 public:
  virtual ~Connection() = default;

  virtual void start() = 0;
  virtual void deliver(std::uint64_t turn, const Outcome& outcome) = 0;
  /// Sends what its stream has to say.
  virtual void feed() = 0;
  /// Ends what has taken too long; while the loop drains, what need not be waited for.
  virtual void tick(TimePoint now) = 0;
  /// Ends it at once.
  virtual void close() noexcept = 0;
  /// Since when it waits for a next request; TimePoint::max() while it does anything else.
  [[nodiscard]] virtual TimePoint idle_since() const noexcept = 0;
};

}  // namespace touchstone::http
