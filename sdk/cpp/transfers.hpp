#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::sdk {

/// What to ask of a server. Without a body it is a GET, with one a POST.
struct Asked {
  std::string url{};
  std::vector<std::string> headers{};
  std::optional<std::string> body{};
  std::chrono::milliseconds within{0};               ///< for all of it; 0: as long as it takes
  std::chrono::seconds silence{0};                   ///< without a byte for so long it has failed; 0: never
  std::function<void(std::string_view)> on_bytes{};  ///< of a 200, as they arrive; else they are kept for the end
};

/// What came of it.
struct Told {
  long status = 0;  ///< 0: no answer
  std::string body{};
  std::string etag{};
  std::optional<std::chrono::seconds> retry_after{};
  std::string failure{};  ///< why there is no answer, or no whole one

  [[nodiscard]] bool whole(long expected) const { return status == expected && failure.empty(); }
  /// For people: the failure, or the status.
  [[nodiscard]] std::string words() const;
};

struct TransferOptions {
  std::chrono::milliseconds connect_within;
  std::string authorities;  ///< PEM file; empty: the system's
};

/// HTTP requests beside each other, driven by one thread. Callbacks run in work().
class Transfers {
 public:
  using Done = std::function<void(const Told&)>;

  explicit Transfers(TransferOptions options);
  ~Transfers();  ///< what is under way is cut off, without a callback
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;

  void start(Asked asked, Done done);
  /// Waits for something to happen, at most so long, and lets it happen. Returns when a transfer has ended, for what is
  /// due next may have changed by it.
  void work(std::chrono::milliseconds at_most);
  /// Ends a wait, of now or soon. From any thread; takes no lock.
  void wake() noexcept;

 private:
  struct Transfer;
  bool finish_done();  ///< whether any was

  struct Multi;
  TransferOptions options_;
  std::unique_ptr<Multi> multi_;
  std::vector<std::unique_ptr<Transfer>> running_;
};

}  // namespace touchstone::sdk
