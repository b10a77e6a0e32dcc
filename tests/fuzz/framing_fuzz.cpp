// Bytes of a connection, through the conversation that the server holds with its peers: whatever comes, the answers are
// well formed, there are no more of them than requests could have been, each handler is called with a body that its
// route allows, and where the bytes were cut on their way changes nothing.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "service/http/detail/conversation.hpp"

namespace {

using namespace touchstone::http;

constexpr std::size_t kSmallBody = 64;
constexpr std::size_t kLargeBody = 100'000;

void require(bool holds) {
  if (!holds) std::abort();
}

// Every request that reached a handler, in order, as it was understood.
std::string& understood() {
  static std::string all;
  return all;
}

FastHandler noting(std::size_t max_body) {
  return [max_body](const Request& request, Response& response) {
    require(request.body.size() <= max_body);
    require(request.path.starts_with('/') && request.path.find("//") == std::string_view::npos);
    for (const auto part : {request.path, request.query, request.body, request.authorization, request.content_type,
                            request.host, request.cookie, request.idempotency_key})
      understood().append(part).append("\x1f");
    std::get<std::string>(response.body) = request.body;
  };
}

Site& site() {
  static Site one{{},
                  {{Method::get, "/", 0, noting(0)},
                   {Method::get, "/a/{b}", 0, noting(0)},
                   {Method::post, "/s", kSmallBody, noting(kSmallBody)},
                   {Method::post, "/l", kLargeBody, noting(kLargeBody)}},
                  // Empty, as a HEAD's answer is: then lengths tell where each answer ends.
                  [](int status, std::string_view, std::string_view) {
                    return Response{status, "text/plain", {}, ""};
                  }};
  return one;
}

struct Talk {
  std::string said;        ///< all answers
  std::string understood;  ///< all requests
  bool open = true;
};

class Peer {
 public:
  /// Sends bytes until they end or nothing more is read.
  void send(std::string_view bytes) {
    while (talk_.open && !bytes.empty()) {
      const auto room = conversation_.room();
      require(!room.empty());
      const auto n = std::min(room.size(), bytes.size());
      std::ranges::copy(bytes.substr(0, n), room.begin());
      bytes.remove_prefix(n);
      conversation_.received(n);
      converse();
    }
  }

  Talk end() {
    talk_.understood.swap(understood());
    understood().clear();
    return std::move(talk_);
  }

 private:
  void converse() {
    for (;;) {
      const auto want = conversation_.advance();
      talk_.said += conversation_.out();
      conversation_.out().clear();
      if (want == Conversation::Want::room) continue;
      require(want != Conversation::Want::reply);
      talk_.open = want == Conversation::Want::bytes;
      return;
    }
  }

  Worker worker_{site(), 0, [] {}};
  Conversation conversation_{worker_, 1, "peer"};
  Talk talk_;
};

/// Whether each answer was a refusal; aborts where the bytes are not answers and nothing else. Which refusal it is may
/// depend on what was seen first.
std::vector<bool> refusals(std::string_view said) {
  std::vector<bool> all;
  while (!said.empty()) {
    require(said.starts_with("HTTP/1.1 "));
    const auto end = said.find("\r\n\r\n");
    require(end != std::string_view::npos);
    const auto head = said.substr(0, end + 2);
    const int status = std::atoi(std::string(head.substr(9, 3)).c_str());
    require(status == 100 || (status >= 200 && status <= 599));
    const auto at = head.find("\r\nContent-Length: ");
    const std::size_t length = at == std::string_view::npos ? 0 : std::strtoul(head.data() + at + 18, nullptr, 10);
    require(said.size() >= end + 4 + length);
    said.remove_prefix(end + 4 + length);
    if (status != 100) all.push_back(status >= 400);
  }
  return all;
}

Talk hear(std::string_view bytes, std::size_t piece) {
  Peer peer;
  for (std::size_t at = 0; at < bytes.size(); at += piece) peer.send(bytes.substr(at, piece));
  return peer.end();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Talk whole = hear(bytes, bytes.size());
  const Talk cut = hear(bytes, 1U + data[0]);
  const auto answers = refusals(whole.said);
  require(answers.size() <= static_cast<std::size_t>(std::ranges::count(bytes, '\n')) + 1);
  require(answers == refusals(cut.said));
  require(whole.open == cut.open);
  require(whole.understood == cut.understood);
  return 0;
}
