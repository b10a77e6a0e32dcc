#include "service/cli/event_sender.hpp"

#include <charconv>
#include <cstdio>
#include <optional>
#include <string_view>
#include <thread>

#include <fmt/format.h>

#include "service/codec/json.hpp"

namespace touchstone::cli {
namespace {

using namespace std::chrono_literals;

bool may_pass(int status) noexcept { return status == 408 || status == 429 || status >= 500; }

std::optional<std::chrono::seconds> retry_after(const http::ClientResponse& response) {
  const auto text = response.header("Retry-After");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return std::chrono::seconds(seconds);
}

std::uint64_t count_of(codec::JsonView document, std::string_view member) {
  const auto value = document.find(member);
  return value ? value->natural().value_or(0) : 0;
}

std::string text_of(codec::JsonView object, std::string_view member) {
  const auto value = object.find(member);
  return value ? std::string(value->text().value_or("")) : "";
}

/// The pointer of an item's error leads into the body; "/3/ts" is "/ts" of its item.
std::string within_item(const std::string& pointer) {
  const auto slash = pointer.find('/', 1);
  return slash == std::string::npos ? "" : pointer.substr(slash);
}

void take_item(codec::JsonView item, std::uint32_t position, Delivered& into) {
  if (const auto conflict = item.find("conflict"); conflict && conflict->boolean().value_or(false)) ++into.conflict;
  const auto error = item.find("error");
  if (text_of(item, "verdict") != "refused" || !error) return;
  into.refused.push_back({position,
                          {ErrorCode::invalid, text_of(*error, "detail"), within_item(text_of(*error, "pointer")),
                           text_of(*error, "hint")}});
}

Result<Delivered> delivered(std::string_view body) {
  codec::JsonDocument document;
  if (auto read = document.read(body); !read) return std::move(read).error();
  Delivered found;
  found.stored = count_of(document.root(), "stored");
  found.duplicate = count_of(document.root(), "duplicate");
  found.quarantined = count_of(document.root(), "quarantined");
  const auto items = document.root().find("items");
  if (!items) return Error{ErrorCode::internal, "the answer has no items", "", "is this the address of a service?"};
  std::uint32_t position = 0;
  for (const auto item : items->elements()) take_item(item, position++, found);
  return found;
}

}  // namespace

EventSender::EventSender(OperatorClient& client, std::chrono::microseconds patience, std::uint64_t seed)
    : client_(&client), patience_(patience), backoff_(250ms, 30s, seed) {}

Result<Delivered> EventSender::send(const std::string& body) {
  const auto until = std::chrono::steady_clock::now() + patience_;
  backoff_.reset();
  for (bool told = false;; told = true) {
    const auto response = client_->exchange({.method = http::Method::post, .target = "/v1/events", .body = body});
    if (response && response->status / 100 == 2) return delivered(response->body);
    const auto error = response ? error_of(*response) : response.error();
    if (response && !may_pass(response->status)) return error;
    const auto wait = backoff_.next(response ? retry_after(*response) : std::nullopt);
    if (std::chrono::steady_clock::now() + wait > until) return error;
    if (!told) fmt::print(stderr, "touchstone: {}; trying again\n", error.message);
    std::this_thread::sleep_for(wait);
  }
}

}  // namespace touchstone::cli
