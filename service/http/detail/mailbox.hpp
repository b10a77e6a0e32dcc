#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <variant>
#include <vector>

#include "service/http/detail/refusal.hpp"
#include "service/http/response.hpp"

namespace touchstone::http {

/// What became of a request: its response, or why there is none.
using Outcome = std::variant<const Refusal*, Response>;

/// An outcome on its way to the connection that waits for it.
struct Mail {
  std::uint64_t connection = 0;
  std::uint64_t turn = 0;  ///< which of the connection's requests
  Outcome outcome;
};

/// Carries replies from any thread to one event loop, many per wake-up.
class Mailbox {
 public:
  /// `wake` makes the loop call take() soon; it may throw, and take() is then left to the loop's tick.
  explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  /// Room for one more letter, so that deliver() cannot fail. To be called by the loop, once per deliver().
  void expect();

  void deliver(Mail mail) noexcept;

  /// All letters that wait.
  std::vector<Mail> take();

  /// Letters are dropped from now on.
  void close() noexcept;

 private:
  std::mutex mutex_;
  std::function<void()> wake_;
  std::vector<Mail> mail_;
  std::size_t expected_ = 0;
};

/// The right and the duty to answer one request, exactly once. Dropped, it tells the connection so. Keeps alive what
/// the request's views point into.
class Ticket {
 public:
  Ticket(std::shared_ptr<Mailbox> mailbox, std::uint64_t connection, std::uint64_t turn, std::shared_ptr<void> request);
  ~Ticket();
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  /// The first call counts.
  void answer(Outcome outcome) noexcept;

 private:
  std::shared_ptr<Mailbox> mailbox_;
  std::uint64_t connection_;
  std::uint64_t turn_;
  std::shared_ptr<void> request_;
  std::atomic<bool> answered_{false};
};

}  // namespace touchstone::http
