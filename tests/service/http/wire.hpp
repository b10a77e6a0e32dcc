#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace touchstone::http::test {

/// One answer as it stood on the wire.
struct Answer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// Empty where absent; names as the server writes them.
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// Takes the first complete answer off the front of `bytes`; nothing where there is none. `head` answers have no body.
std::optional<Answer> take_answer(std::string& bytes, bool head = false);

/// A client's end of one connection, speaking bytes. Every wait ends after ten seconds.
class Wire {
 public:
  explicit Wire(std::uint16_t port, const std::string& address = "127.0.0.1");
  explicit Wire(const std::string& unix_socket);
  ~Wire();
  Wire(Wire&& other) noexcept : fd_(std::exchange(other.fd_, -1)), received_(std::move(other.received_)) {}
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// False where the peer has closed.
  bool send(std::string_view bytes);
  /// The next answer; nothing where the peer closes, resets or keeps silent before it is complete.
  std::optional<Answer> read(bool head = false);
  std::optional<Answer> ask(std::string_view bytes);
  /// What comes up to and with `end`; nothing where that does not come.
  std::optional<std::string> read_through(std::string_view end);
  /// The answers up to the peer's close; nothing where it does not close.
  std::optional<std::vector<Answer>> read_to_end();
  /// Whether the peer has closed, orderly, with nothing left to read.
  bool ended();
  void finish_sending();
  [[nodiscard]] bool connected() const noexcept { return fd_ >= 0; }
  [[nodiscard]] int descriptor() const noexcept { return fd_; }

 private:
  enum class Got { bytes, end, trouble };
  Got receive();

  int fd_ = -1;
  std::string received_;
};

/// "GET path HTTP/1.1" with a Host.
std::string get(std::string_view path);
/// A POST with a Content-Length; `headers` are further header lines.
std::string post(std::string_view path, std::string_view body, std::string_view headers = "");

/// Waits until `condition` holds; false after ten seconds.
template <class Condition>
bool eventually(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace touchstone::http::test
