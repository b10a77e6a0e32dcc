#include <chrono>
#include <map>
#include <string>

#include "service/api/handlers.hpp"
#include "service/api/query.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"
#include "storage/journal.hpp"

namespace touchstone::api {

namespace {

constexpr auto kUsual = std::chrono::hours(24);
constexpr auto kLongest = std::chrono::hours(31 * 24);

struct Window {
  Time from;
  Time before;
};

Result<Window> read_window(const http::Request& request, Time now) {
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  const auto before = query->time("before");
  if (!before) return before.error();
  const auto from = query->time("from");
  if (!from) return from.error();
  Window window{};
  window.before = before->value_or(std::chrono::floor<std::chrono::hours>(now) + std::chrono::hours(1));
  window.from = from->value_or(window.before - kUsual);
  if (window.from > window.before || window.before - window.from > kLongest)
    return Error{ErrorCode::invalid, "the hours asked for are more than 31 days, or none", "/from",
                 "Ask for a part of them."};
  return window;
}

void write_counts(codec::JsonWriter& out, const storage::Ledger& counts) {
  out.key("sent").natural(counts.sent()).key("stored").natural(counts.stored);
  out.key("duplicate").natural(counts.duplicate).key("conflict").natural(counts.conflict);
  out.key("quarantined").natural(counts.quarantined).key("refused").natural(counts.refused);
}

void write_total(codec::JsonWriter& out, std::string_view name, const storage::Ledger& counts) {
  out.key(name).begin_object();
  write_counts(out, counts);
  out.end_object();
}

using KeyNames = std::map<std::uint32_t, std::string>;

Result<KeyNames> names_of_keys(app::Service& service, std::uint32_t environment) {
  const auto keys = service.ask([&](const storage::Catalogue& catalogue) { return catalogue.keys(environment); });
  if (!keys) return keys.error();
  KeyNames names;
  for (const auto& key : *keys) names.emplace(key.id, key.prefix);
  return names;
}

void write_line(codec::JsonWriter& out, const storage::LedgerLine& line, const KeyNames& names) {
  out.begin_object().key("hour").text(codec::time_text(line.hour)).key("key");
  const auto name = names.find(line.key);
  name == names.end() ? out.null() : out.text(name->second);
  out.key("experiment");
  line.experiment.empty() ? out.null() : out.text(line.experiment);
  write_counts(out, line.counts);
  out.end_object();
}

}  // namespace

Result<http::Response> show_ledger(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto window = read_window(request, context.service.now());
  if (!window) return window.error();
  const auto names = names_of_keys(context.service, caller.environment);
  if (!names) return names.error();
  const auto lines =
      storage::JournalReader(context.service.directory()).ledger(caller.environment, window->from, window->before);
  if (!lines) return lines.error();
  storage::Ledger sum;
  for (const auto& line : *lines) sum += line.counts;
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object();
  write_total(out, "total", context.service.writer().ledger(caller.environment));
  write_total(out, "window", sum);
  out.key("items").begin_array();
  for (const auto& line : *lines) write_line(out, line, *names);
  out.end_array().end_object();
  return json(std::move(text));
}

}  // namespace touchstone::api
