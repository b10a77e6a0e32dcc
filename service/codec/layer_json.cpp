#include "service/codec/layer_json.hpp"

#include "service/codec/canonical_json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/slots_field.hpp"

namespace touchstone::codec {
namespace {

using storage::Layer;

/// A share lies at the end of the slots: it grows and shrinks without touching what entered from the front.
bool read_holdout(const Field& field, assign::SlotRanges& into) {
  if (field.value().is(JsonKind::array)) return read_ranges(field, into);
  std::uint32_t share = 0;
  if (!read_share(field, share)) return false;
  into.clear();
  if (share > 0) into.push_back({assign::slot_count - share, assign::slot_count});
  return true;
}

void read_layer(const Field& field, Layer& layer, Source source) {
  ObjectReader in(field);
  in.fixed("key", layer.key, read_key, source);
  in.server("version", layer.version, Whole{1, UINT32_MAX}, source);
  in.server("archived", layer.archived, read_bool, source);
  in.server("salt", layer.slots.salt, Text{128}, source);
  in.optional("name", layer.name, Text{200});
  in.optional("holdout", layer.slots.holdout, read_holdout);
  in.finish();
}

Result<Layer> read(std::string_view json, Layer base, Source source) {
  return read_document(json, std::move(base),
                       [source](const Field& field, Layer& layer) { read_layer(field, layer, source); });
}

}  // namespace

Result<Layer> read_new_layer(std::string_view json) { return read(json, {}, Source::created); }

Result<Layer> read_layer_change(std::string_view json, const Layer& current) {
  return read(json, current, Source::changed);
}

Result<Layer> read_stored_layer(std::string_view json) { return read(json, {}, Source::stored); }

std::string write_layer(const Layer& layer) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("key").text(layer.key).key("version").natural(layer.version);
  out.key("archived").boolean(layer.archived).key("name").text(layer.name).key("salt").text(layer.slots.salt);
  write_ranges(out.key("holdout"), layer.slots.holdout);
  out.end_object();
  return canonical_json(text).value();
}

}  // namespace touchstone::codec
