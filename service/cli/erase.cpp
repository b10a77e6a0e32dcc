#include "service/cli/erase.hpp"

#include <string>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/codec/json.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::cli {
namespace {

/// Percent-encoded, byte by byte: an id may hold anything.
std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  return out;
}

std::string query_of(const EraseOptions& options) {
  return fmt::format("?unit_type={}&unit={}{}", encoded(options.type), encoded(options.id),
                     options.linked ? "&linked=true" : "");
}

std::string_view text_at(codec::JsonView object, std::string_view name) {
  const auto value = object.find(name);
  return value ? value->text().value_or("") : "";
}

std::uint64_t number_at(codec::JsonView object, std::string_view name) {
  const auto value = object.find(name);
  return value ? value->natural().value_or(0) : 0;
}

void print_list(codec::JsonView certificate, std::string_view name, std::string_view member, std::string_view what) {
  const auto items = certificate.find(name);
  if (!items) return;
  for (const auto& item : items->elements())
    fmt::print("  {} {}\n", what, member.empty() ? item.text().value_or("") : text_at(item, member));
}

void print_certificate(codec::JsonView certificate) {
  const auto unit = certificate.find("unit");
  const auto events = certificate.find("events");
  const auto linked = certificate.find("linked");
  if (!unit || !events || !linked) return;
  fmt::print("{} {}: erased at {}, {} events of the journal\n", text_at(*unit, "type"), text_at(*unit, "hash"),
             text_at(certificate, "finished_at"), number_at(*events, "count"));
  if (const auto removed = certificate.find("removed"))
    for (const auto& place : removed->elements())
      fmt::print("  {:<20} {} rows\n", text_at(place, "place"), number_at(place, "rows"));
  const auto too = linked->find("erased_too");
  if (const auto others = number_at(*linked, "units"); others > 0)
    fmt::print("  {} linked units, {}\n", others, too && too->boolean().value_or(false) ? "erased too" : "which stay");
  print_list(certificate, "lists", "", "still in the history of segment");
  print_list(certificate, "backups", "path", "may still be in the copy");
}

int show(const std::string& answer, bool whole) {
  codec::JsonDocument document;
  if (auto read = document.read(answer); !read) return complain(read.error());
  if (whole)
    fmt::print("{}", codec::pretty_json(answer));
  else
    print_certificate(document.root());
  return exit_ok;
}

}  // namespace

int run_erase(const EraseOptions& options) {
  auto client = OperatorClient::open(options.data);
  if (!client) return complain(client.error());
  const auto query = query_of(options);
  const auto answer = options.lift   ? client->del("/v1/units/erasure" + query)
                      : options.show ? client->get("/v1/units/erasure" + query)
                                     : client->del("/v1/units" + query);
  if (!answer) return complain(answer.error());
  return options.lift ? exit_ok : show(*answer, options.json);
}

}  // namespace touchstone::cli
