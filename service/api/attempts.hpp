#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "storage/time.hpp"

namespace touchstone::api {

/// How often signing in failed of late, per account and per address it was tried from, so that guessing is slow. Nobody
/// is locked out for good: the wait doubles up to a bound, and is forgotten after a while. An account that nobody has
/// is counted as any other. In memory. Any thread may call.
class Attempts {
 public:
  struct Terms {
    std::uint32_t free;            ///< failures before the first wait, of a second
    std::chrono::seconds longest;  ///< wait
  };
  static constexpr Terms account{5, std::chrono::seconds(30)};
  static constexpr Terms address{20, std::chrono::minutes(5)};
  static constexpr std::chrono::minutes forgotten{15};  ///< after the last failure
  static constexpr std::size_t most = 10'000;           ///< accounts, and addresses; then the oldest are forgotten

  /// How long both have to wait; nothing: it may be tried.
  [[nodiscard]] std::optional<std::chrono::seconds> wait(std::string_view account, std::string_view address, Time now);
  void failed(std::string_view account, std::string_view address, Time now);
  /// Forgets the failures of the account, not those of the address.
  void succeeded(std::string_view account);

 private:
  struct Failures {
    std::uint32_t count = 0;
    Time last{};
    Time until{};
  };
  using Table = std::map<std::string, Failures, std::less<>>;

  static void note(Table& table, std::string key, const Terms& terms, Time now);
  [[nodiscard]] static Time until(const Table& table, std::string_view key);

  std::mutex guarding_;
  Table accounts_;
  Table addresses_;
};

}  // namespace touchstone::api
