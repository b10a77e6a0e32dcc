#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "service/fast/key_table.hpp"
#include "storage/time.hpp"

namespace touchstone::api {

/// Browsers that were signed in: each may read pages for as long as the key that it came with is valid, at most twelve
/// hours. Kept in memory as SHA-256 of their tokens, so that a restart signs everybody out. Any thread may call.
class Sessions {
 public:
  /// `secure`: browsers show their cookie on encrypted connections alone.
  explicit Sessions(bool secure = false) : secure_(secure) {}

  static constexpr std::chrono::hours life{12};

  /// Signs in the holder of `key`. Returns the value of a Set-Cookie header.
  [[nodiscard]] std::string open(std::string_view key, Time now);

  /// Who a request's Cookie header stands for.
  [[nodiscard]] std::optional<fast::Caller> find(std::string_view cookie, const fast::KeyTable& keys, Time now);

 private:
  struct Session {
    fast::KeyHash key{};
    Time expires{};
  };
  void forget_expired(Time now);

  bool secure_;
  std::mutex guarding_;
  std::map<fast::KeyHash, Session> sessions_;
};

}  // namespace touchstone::api
