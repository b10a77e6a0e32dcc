#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace touchstone::sdk {

/// Reads server-sent events (WHATWG HTML, 9.2) from bytes as they arrive, cut anywhere. Lines longer than a limit are
/// dropped: nothing the server says is as long.
class EventStream {
 public:
  struct Message {
    std::string_view event;  ///< "message" where the server named none
    std::string_view id;     ///< the last one given, as the standard has it
    std::string_view data;
  };

  template <class Sink>
  void feed(std::string_view bytes, Sink&& sink) {
    for (const char c : bytes) {
      const bool second_half = c == '\n' && after_return_;
      after_return_ = c == '\r';
      if (second_half) continue;
      if (c != '\n' && c != '\r') {
        if (line_.size() < longest_line) line_.push_back(c);
      } else if (line_.empty()) {
        if (!data_.empty()) sink(message());
        event_.clear();
        data_.clear();
      } else {
        read_line();
        line_.clear();
      }
    }
  }

 private:
  static constexpr std::size_t longest_line = 65'536;

  void read_line();
  [[nodiscard]] Message message() const;

  std::string line_;
  std::string event_;
  std::string id_;
  std::string data_;  ///< each line with its end
  bool after_return_ = false;
};

}  // namespace touchstone::sdk
