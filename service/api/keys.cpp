#include "service/app/keys.hpp"

#include <algorithm>

#include "service/api/cursor.hpp"
#include "service/api/handlers.hpp"
#include "service/api/issued_key.hpp"
#include "service/codec/json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::api {

namespace {

struct NewKey {
  fast::KeyKind kind = fast::KeyKind::client;
  std::string name;
};

Error invalid(std::string pointer, std::string message, std::string hint) {
  return {ErrorCode::invalid, std::move(message), std::move(pointer), std::move(hint)};
}

/// Reads `{"kind": client|sdk|server|admin, "name"?: text}`.
Result<NewKey> read_new_key(std::string_view body) {
  codec::JsonDocument document;
  if (auto read = document.read(body); !read) return read.error();
  const auto root = document.root();
  if (!root.is(codec::JsonKind::object)) return invalid("", "not an object", "Send {\"kind\": \"server\"}.");
  for (const auto& member : root.members())
    if (member.key != "kind" && member.key != "name")
      return invalid("/" + std::string(member.key), "unknown member", "Known are kind and name.");
  const auto word = root.find("kind");
  const auto kind = fast::key_kind_named(word ? word->text().value_or("") : "");
  if (!kind) return invalid("/kind", "not a kind of key", "Choose client, sdk, server or admin.");
  NewKey wanted{*kind, ""};
  if (const auto name = root.find("name")) {
    if (!name->text()) return invalid("/name", "not a text", "Say what the key is for.");
    wanted.name = *name->text();
  }
  return wanted;
}

void write_key(codec::JsonWriter& out, const storage::ApiKey& key) {
  out.begin_object().key("id").text(key.prefix).key("kind").text(storage::name_of(key.kind));
  out.key("name").text(key.name).key("created").text(codec::time_text(key.created));
  if (key.revoked) out.key("revoked").text(codec::time_text(*key.revoked));
  out.end_object();
}

}  // namespace

std::string write_issued_key(const app::IssuedKey& issued) {
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("key").text(issued.secret).key("id").text(issued.id);
  out.key("kind").text(fast::name_of(issued.kind)).key("name").text(issued.name).end_object();
  return text;
}

Result<http::Response> create_key(Context& context, const http::Request& request, const fast::Caller& caller,
                                  const Once& once) {
  const auto wanted = read_new_key(request.body);
  if (!wanted) return wanted.error();
  const auto by = actor_of(context, caller);
  http::Response answer;
  const auto issued = app::create_key(context.service, caller.environment, wanted->kind, wanted->name, by,
                                      [&](const app::IssuedKey& key) {
                                        answer = json(write_issued_key(key), 201);
                                        return once ? once.keep(answer, by.at) : storage::CatalogueCommand();
                                      });
  if (!issued) return issued.error();
  return answer;
}

/// Its ETag is the version of the configuration, which each change of a key raises too.
Result<http::Response> list_keys(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto page = read_numbered_page(request.query);
  if (!page) return page.error();
  const auto version = context.service.agreed(caller.environment)->config_version;
  const auto keys = app::list_keys(context.service, caller.environment);
  if (!keys) return keys.error();
  const auto begin = std::ranges::upper_bound(*keys, page->after, {}, &storage::ApiKey::id);
  const auto end = begin + std::min<std::ptrdiff_t>(keys->end() - begin, static_cast<std::ptrdiff_t>(page->limit));
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  std::for_each(begin, end, [&out](const storage::ApiKey& key) { write_key(out, key); });
  out.end_array();
  if (end != keys->end()) out.key("next").text(cursor_of(std::to_string((end - 1)->id)));
  out.end_object();
  return tagged(std::move(text), etag_of(version), request);
}

Result<http::Response> revoke_key(Context& context, const http::Request& request, const fast::Caller& caller) {
  auto done = app::revoke_key(context.service, caller.environment, request.path_params[0], actor_of(context, caller));
  if (!done) return done.error();
  return json("", 204);
}

}  // namespace touchstone::api
