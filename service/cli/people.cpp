#include "service/cli/people.hpp"

#include <string>

#include <fmt/format.h>

#include "service/cli/ask_and_show.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::cli {
namespace {

std::string body_of(const AddPersonOptions& options) {
  std::string body;
  codec::JsonWriter out(body);
  out.begin_object().key("email").text(options.email).key("role").text(options.role);
  if (!options.name.empty()) out.key("name").text(options.name);
  out.end_object();
  return body;
}

std::string body_of(const ChangePersonOptions& options) {
  std::string body;
  codec::JsonWriter out(body);
  out.begin_object();
  if (!options.role.empty()) out.key("role").text(options.role);
  if (options.disabled) out.key("disabled").boolean(*options.disabled);
  out.end_object();
  return body;
}

/// For a path: everything but letters, digits and what cannot be mistaken.
std::string encoded(std::string_view email) {
  std::string text;
  for (const char c : email) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~@").find(c) != std::string_view::npos;
    text += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return text;
}

std::string path_of(std::string_view email) { return fmt::format("/v1/people/{}", encoded(email)); }

auto print_link(const std::string& address) {
  return [address](const std::string& answer) -> Status {
    codec::JsonDocument document;
    if (auto read = document.read(answer); !read) return read;
    fmt::print("{}{}\n", address, text_of(document.root(), "path"));
    return ok();
  };
}

Status print_list(const std::string& answer) {
  codec::JsonDocument document;
  if (auto read = document.read(answer); !read) return read;
  const auto items = document.root().find("items");
  if (!items) return ok();
  for (const auto& person : items->elements())
    fmt::print("{:<32} {:<8} {:<9} {}\n", text_of(person, "email"), text_of(person, "role"), text_of(person, "state"),
               text_of(person, "name"));
  return ok();
}

}  // namespace

int run_add_person(const AddPersonOptions& options) {
  return ask_and_show(
      options.data, [&](OperatorClient& client) { return client.post("/v1/people", body_of(options)); },
      print_link(options.address));
}

int run_list_people(const ListPeopleOptions& options) {
  const auto show = [&options](const std::string& answer) {
    if (!options.json) return print_list(answer);
    fmt::print("{}\n", answer);
    return ok();
  };
  return ask_and_show(
      options.data, [](OperatorClient& client) { return client.get("/v1/people"); }, show);
}

int run_change_person(const ChangePersonOptions& options) {
  return ask_and_show(
      options.data, [&](OperatorClient& client) { return client.patch(path_of(options.email), body_of(options)); },
      [](const std::string&) { return ok(); });
}

int run_reset_person(const ResetPersonOptions& options) {
  return ask_and_show(
      options.data, [&](OperatorClient& client) { return client.post(path_of(options.email) + ":reset", ""); },
      print_link(options.address));
}

}  // namespace touchstone::cli
