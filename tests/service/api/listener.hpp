#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "tests/service/api/running.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::api {

/// One reader of a stream, as browsers' EventSource reads it: comments and the pause are not events.
class Listener {
 public:
  Listener(Running& running, const std::string& target, std::string_view headers = "") : wire_(running.port()) {
    wire_.send(fmt::format("GET {} HTTP/1.1\r\nHost: a\r\n{}\r\n", target, headers));
    if (const auto answer = wire_.read()) answer_ = *answer;
  }
  static Listener with_key(Running& running, std::string_view key, std::string_view last = "",
                           const std::string& target = "/v1/stream") {
    auto headers = fmt::format("Authorization: Bearer {}\r\n", key);
    if (!last.empty()) headers += fmt::format("Last-Event-ID: {}\r\n", last);
    return {running, target, headers};
  }

  [[nodiscard]] int status() const { return answer_.status; }
  [[nodiscard]] const http::test::Answer& answer() const { return answer_; }

  /// What comes up to the next empty line; empty where nothing does.
  std::string next() { return wire_.read_through("\n\n").value_or(""); }
  /// The next event of a kind; empty where none comes.
  std::string next(std::string_view event) {
    const auto line = fmt::format("event: {}\n", event);
    for (;;)
      if (auto text = next(); text.empty() || text.find(line) != std::string::npos) return text;
  }
  bool ended() { return wire_.ended(); }

 private:
  http::test::Wire wire_;
  http::test::Answer answer_;
};

/// A field of an event: "id", "event", "data".
inline std::string field(const std::string& text, const std::string& name) {
  const auto at = text.find(name + ": ");
  if (at == std::string::npos) return "";
  const auto begin = at + name.size() + 2;
  return text.substr(begin, text.find('\n', begin) - begin);
}

}  // namespace touchstone::api
