#include <array>
#include <limits>

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

Result<http::Response> list_changes(Context& context, const http::Request& request, const fast::Caller& caller) {
  constexpr std::array<std::string_view, 2> known{"limit", "after"};
  const auto query = Query::read(request.query, known);
  if (!query) return query.error();
  const auto limit = query->number("limit", 100, 1'000);
  if (!limit) return limit.error();
  const auto after = query->number("after", 0, std::numeric_limits<std::int64_t>::max());
  if (!after) return after.error();
  const auto changes = context.service.ask([&](const storage::Catalogue& catalogue) {
    return catalogue.changes(caller.environment, *after, static_cast<std::uint32_t>(*limit));
  });
  if (!changes) return changes.error();
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  for (const auto& change : *changes) write_change(out, change);
  out.end_array();
  if (!changes->empty() && changes->size() == *limit) out.key("next").natural(changes->back().seq);
  out.end_object();
  return json(std::move(text));
}

}  // namespace touchstone::api
