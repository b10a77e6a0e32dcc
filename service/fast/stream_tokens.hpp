#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "service/fast/stream_token.hpp"

namespace touchstone::fast {

/// The tokens of answers that carry one, each signed once a day. For one thread.
class StreamTokens {
 public:
  /// `stream_token`, good until the next call.
  [[nodiscard]] std::string_view find(const SigningKey& key, std::uint32_t environment, assign::Instant now) {
    auto& known = known_[environment];
    const auto today = std::chrono::floor<std::chrono::days>(now);
    if (known.token.empty() || known.day != today) known = {today, stream_token(key, environment, now)};
    return known.token;
  }

 private:
  struct Known {
    std::chrono::sys_days day{};
    std::string token;
  };
  std::map<std::uint32_t, Known> known_;
};

}  // namespace touchstone::fast
