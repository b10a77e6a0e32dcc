#include "service/codec/change_json.hpp"

#include "service/codec/digest.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {

std::string write_change(const storage::Change& change) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("seq").natural(change.seq).key("at").text(time_text(change.by.at));
  out.key("actor").text(change.by.name).key("reason").text(change.by.reason);
  out.key("entity").text(change.document.entity).key("key").text(change.document.key);
  out.key("version").natural(change.document.version).key("archived").boolean(change.document.archived);
  out.key("document").raw(change.document.text).key("previous").text(digest_text(change.previous)).end_object();
  return text;
}

}  // namespace touchstone::codec
