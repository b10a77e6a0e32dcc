#include "service/cli/keys.hpp"

#include <string>

#include <fmt/format.h>

#include "service/cli/ask_and_show.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::cli {
namespace {

std::string body_of(const CreateKeyOptions& options) {
  std::string body;
  codec::JsonWriter(body).begin_object().key("kind").text(options.kind).key("name").text(options.name).end_object();
  return body;
}

Status print_key(const std::string& answer) {
  codec::JsonDocument document;
  if (auto read = document.read(answer); !read) return read;
  fmt::print("{}\n", text_of(document.root(), "key"));
  return ok();
}

Status print_list(const std::string& answer) {
  codec::JsonDocument document;
  if (auto read = document.read(answer); !read) return read;
  const auto items = document.root().find("items");
  if (!items) return ok();
  for (const auto& key : items->elements()) {
    const auto revoked = text_of(key, "revoked");
    fmt::print("{:<20} {:<7} {:<28} {}\n", text_of(key, "id"), text_of(key, "kind"),
               revoked.empty() ? "" : fmt::format("revoked {}", revoked), text_of(key, "name"));
  }
  return ok();
}

}  // namespace

int run_create_key(const CreateKeyOptions& options) {
  return ask_and_show(
      options.data, [&](OperatorClient& client) { return client.post("/v1/keys", body_of(options)); }, print_key);
}

int run_list_keys(const ListKeysOptions& options) {
  const auto show = [&options](const std::string& answer) {
    if (!options.json) return print_list(answer);
    fmt::print("{}\n", answer);
    return ok();
  };
  return ask_and_show(
      options.data, [](OperatorClient& client) { return client.get("/v1/keys"); }, show);
}

int run_revoke_key(const RevokeKeyOptions& options) {
  return ask_and_show(
      options.data, [&](OperatorClient& client) { return client.del("/v1/keys/" + options.id); },
      [](const std::string&) { return ok(); });
}

}  // namespace touchstone::cli
