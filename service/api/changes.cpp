#include <string>

#include "service/api/cursor.hpp"
#include "service/api/handlers.hpp"
#include "service/api/query.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::api {

namespace {

void write_change(codec::JsonWriter& out, const storage::Change& change) {
  out.begin_object().key("seq").natural(change.seq).key("at").text(codec::time_text(change.by.at));
  out.key("actor").text(change.by.name).key("reason").text(change.by.reason);
  out.key("entity").text(change.document.entity).key("key").text(change.document.key);
  out.key("version").natural(change.document.version).key("document").raw(change.document.text).end_object();
}

}  // namespace

/// Its ETag is the version of the configuration, which each change raises.
Result<http::Response> list_changes(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto page = read_numbered_page(request.query);
  if (!page) return page.error();
  const auto version = context.service.agreed(caller.environment)->config_version;
  auto changes = context.service.ask([&](const storage::Catalogue& catalogue) {
    return catalogue.changes(caller.environment, page->after, static_cast<std::uint32_t>(page->limit) + 1);
  });
  if (!changes) return changes.error();
  const bool more = changes->size() > page->limit;
  if (more) changes->pop_back();
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  for (const auto& change : *changes) write_change(out, change);
  out.end_array();
  if (more) out.key("next").text(cursor_of(std::to_string(changes->back().seq)));
  out.end_object();
  return tagged(std::move(text), etag_of(version), request);
}

}  // namespace touchstone::api
