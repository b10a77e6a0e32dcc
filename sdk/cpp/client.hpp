#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "assign/result.hpp"
#include "assign/subject.hpp"
#include "sdk/cpp/answer.hpp"
#include "sdk/cpp/client_status.hpp"
#include "sdk/cpp/event.hpp"
#include "sdk/cpp/options.hpp"

namespace touchstone::sdk {

/// Decides in this process what units see, with the rules that a Touchstone server publishes, and reports what they do.
/// One client serves a whole program; every member may be called from any thread. One thread of its own does all that
/// waits.
///
/// Evaluation takes no lock, waits for nothing and allocates nothing, save what decide() says of its conditions, and
/// once in each thread after a change. It works from the first configuration on, for ever, whatever becomes of the
/// server; before, every answer is the caller's default. An evaluation of a flag whose experiment says so (`exposure:
/// evaluate`) reports the exposure, once for a unit, experiment and variant; `exposure: client` is reported by
/// expose().
class Client {
 public:
  /// Starts at once and waits for nothing. Throws std::invalid_argument for options that cannot work, and for a
  /// `bootstrap` that is no snapshot.
  explicit Client(Options options);
  ~Client();  ///< close(options.close_within)
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Whether there is a configuration, of whatever age.
  [[nodiscard]] bool ready() const;
  [[nodiscard]] bool wait_until_ready(std::chrono::milliseconds within) const;

  /// A flag of that type; of another, the answer is `otherwise` and the problem a type mismatch. An integer is a number
  /// too. Texts live as long as the answer.
  [[nodiscard]] Answer<bool> boolean(std::string_view flag, const assign::Subject& subject, bool otherwise) const;
  [[nodiscard]] Answer<std::int64_t> integer(std::string_view flag, const assign::Subject& subject,
                                             std::int64_t otherwise) const;
  [[nodiscard]] Answer<double> number(std::string_view flag, const assign::Subject& subject, double otherwise) const;
  [[nodiscard]] Answer<std::string_view> text(std::string_view flag, const assign::Subject& subject,
                                              std::string_view otherwise) const;
  /// A flag of any type, as JSON text.
  [[nodiscard]] Answer<std::string_view> json(std::string_view flag, const assign::Subject& subject,
                                              std::string_view otherwise) const;

  /// Every flag with its answer as JSON text, in the order of keys. Exposes nobody.
  void all(const assign::Subject& subject,
           const std::function<void(std::string_view flag, const Answer<std::string_view>&)>& sink) const;

  /// The unit has now met what `answer` says, where its experiment leaves that to the client. The subject must still be
  /// there.
  template <class T>
  void expose(const Answer<T>& answer) const {
    if (answer.exposure && answer.exposure->by == assign::ExposedBy::client)
      report(*answer.exposure, answer.config_version);
  }

  /// Queues an event. Errors: invalid with a pointer to the field; unavailable where the queue is full (counted).
  Status track(const Event& event);
  /// From now on `unit` is known to be `to`: what the device met counts for the user.
  Status link(const assign::Unit& unit, const assign::Unit& to);
  /// What is known about a unit, for analysis.
  Status traits(const assign::Unit& unit, assign::Attributes attributes);

  /// Sends what is queued; true once the server has answered for all of it.
  bool flush(std::chrono::milliseconds within);
  /// Sends what is queued within that time, gives up and counts the rest, and ends the thread. Evaluation goes on.
  /// True if nothing was given up.
  bool close(std::chrono::milliseconds within);

  [[nodiscard]] ClientStatus status() const;

 private:
  struct State;
  void report(const assign::Exposure& exposure, std::int64_t config_version) const;

  std::unique_ptr<State> state_;
};

}  // namespace touchstone::sdk
