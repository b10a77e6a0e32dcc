#include <ranges>
#include <string>
#include <utility>
#include <vector>

#include "service/api/cursor.hpp"
#include "service/api/handlers.hpp"
#include "service/api/query.hpp"
#include "service/app/load.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::api {

namespace {

/// Which changes, and how many at most.
struct Wanted {
  std::string_view entity;  ///< empty: of any kind
  std::string_view key;     ///< empty: of any key
  std::size_t count = 0;

  /// Numbers that are read at once: no more than needed where every change is wanted.
  [[nodiscard]] std::uint32_t block() const {
    constexpr std::uint32_t large = 1'000;
    return entity.empty() && key.empty() ? static_cast<std::uint32_t>(count) : large;
  }
  [[nodiscard]] bool has(const storage::Change& change) const {
    return (entity.empty() || change.document.entity == entity) && (key.empty() || change.document.key == key);
  }
};

using Changes = std::vector<storage::Change>;

Result<Changes> ascending(const storage::Catalogue& catalogue, std::uint32_t environment, std::uint64_t after,
                          const Wanted& wanted) {
  Changes found;
  for (;;) {
    auto block = catalogue.changes(environment, after, wanted.block());
    if (!block) return block;
    for (auto& change : *block) {
      after = change.seq;
      if (wanted.has(change)) found.push_back(std::move(change));
      if (found.size() == wanted.count) return found;
    }
    if (block->size() < wanted.block()) return found;
  }
}

Result<Changes> descending(const storage::Catalogue& catalogue, std::uint32_t environment, std::uint64_t before,
                           const Wanted& wanted) {
  Changes found;
  while (before > 1) {
    const auto after = before > wanted.block() ? before - wanted.block() - 1 : 0;
    auto block = catalogue.changes(environment, after, wanted.block());
    if (!block) return block;
    for (auto& change : std::views::reverse(*block)) {
      if (change.seq >= before || !wanted.has(change)) continue;
      found.push_back(std::move(change));
      if (found.size() == wanted.count) return found;
    }
    before = after + 1;
  }
  return found;
}

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
  const Wanted wanted{page->query.text("entity"), page->query.text("key"), page->limit + 1};
  auto changes = context.service.ask([&](const storage::Catalogue& catalogue) {
    if (!page->query.flag("newest")) return ascending(catalogue, caller.environment, page->after, wanted);
    const auto before = page->after > 0 ? page->after : app::last_change_of(version) + 1;
    return descending(catalogue, caller.environment, before, wanted);
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
