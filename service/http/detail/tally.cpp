#include "service/http/detail/tally.hpp"

namespace touchstone::http {

std::string_view name(Reason reason) noexcept {
  static constexpr std::array<std::string_view, reason_count> names{"malformed",   "bad_target",   "timeout",
                                                                    "no_route",    "wrong_method", "too_large",
                                                                    "unsupported", "busy",         "handler_failed"};
  return names[static_cast<std::size_t>(reason)];
}

void LoopTally::add_to(Counters& sum) const noexcept {
  sum.accepted += accepted.read();
  sum.connections_refused += connections_refused.read();
  sum.connections_evicted += connections_evicted.read();
  sum.accept_failures += accept_failures.read();
  sum.failures += failures.read();
  sum.bytes_in += bytes_in.read();
  sum.bytes_out += bytes_out.read();
  for (std::size_t i = 0; i < requests.size(); ++i) sum.requests[i] += requests[i].read();
  for (std::size_t i = 0; i < refused.size(); ++i) sum.refused[i] += refused[i].read();
}

}  // namespace touchstone::http
