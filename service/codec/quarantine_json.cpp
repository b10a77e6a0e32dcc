#include "service/codec/quarantine_json.hpp"

#include <limits>

#include "service/codec/duration_field.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/field.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

constexpr std::size_t kMost = 1'000;

}  // namespace

Result<ReplayRequest> read_replay_request(std::string_view json) {
  return read_document(json, ReplayRequest{}, [](const Field& field, ReplayRequest& request) {
    ObjectReader in(field);
    in.optional("ids", request.ids, ListOf{kMost, Whole{1, std::numeric_limits<std::int64_t>::max()}});
    in.optional("earlier", request.earlier, Duration{"365d"});
    in.finish();
  });
}

void write_quarantined(JsonWriter& out, const storage::Quarantined& aside, Micros furthest_ahead) {
  const storage::StoredEvent& stored = aside.batch.events.front();
  out.begin_object().key("id").natural(aside.id).key("reason").text("too_far_ahead");
  out.key("detail").text("it says that it takes effect at " + time_text(stored.te) + ", and came in at " +
                         time_text(stored.received) + ": more than a day before");
  out.key("hint").text("look at the sender's clock; replay it with \"earlier\", or as it is once its time has come");
  out.key("storable_from").text(time_text(stored.te - furthest_ahead));
  out.key("te").text(time_text(stored.te)).key("received").text(time_text(stored.received));
  out.key("event").raw(write_event(stored.event)).end_object();
}

}  // namespace touchstone::codec
