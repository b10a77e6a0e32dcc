#include "service/codec/key_json.hpp"

#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

using storage::KeyKind;

constexpr Word<KeyKind> kKinds[] = {
    {KeyKind::client, "client"}, {KeyKind::sdk, "sdk"}, {KeyKind::server, "server"}, {KeyKind::admin, "admin"}};

}  // namespace

Result<KeyWish> read_key_wish(std::string_view json) {
  return read_document(json, KeyWish{}, [](const Field& field, KeyWish& wish) {
    ObjectReader in(field);
    in.required("kind", wish.kind, OneOf{kKinds});
    in.optional("name", wish.name, Text{200});
    in.finish();
  });
}

std::string write_api_key(const storage::ApiKey& key, std::string_view secret) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("id").natural(key.id).key("kind").text(word_of(kKinds, key.kind));
  out.key("name").text(key.name).key("prefix").text(key.prefix).key("created_at").text(time_text(key.created));
  out.key("revoked_at");
  key.revoked ? out.text(time_text(*key.revoked)) : out.null();
  if (!secret.empty()) out.key("secret").text(secret);
  out.end_object();
  return text;
}

}  // namespace touchstone::codec
