#pragma once

#include <csignal>

namespace touchstone::cli {

/// SIGTERM and SIGINT are waited for, never handled, so no code runs inside a signal handler. Make it before the first
/// thread: threads inherit what is blocked.
class EndSignals {
 public:
  EndSignals();
  /// Sleeps until one arrives and returns it.
  [[nodiscard]] int wait() const;

 private:
  sigset_t signals_{};
};

}  // namespace touchstone::cli
