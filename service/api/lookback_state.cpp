#include "service/api/lookback_state.hpp"

#include "service/codec/report_rows.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::api {

void write_state(codec::JsonWriter& out, const app::Lookback::Answer& answer) {
  out.key("status").text(answer.findings ? "ready" : answer.working ? "computing" : "failed");
  out.key("working").boolean(answer.working).key("progress").number(answer.progress);
  out.key("trouble");
  answer.trouble.empty() ? out.null() : out.text(answer.trouble);
  out.key("lookback");
  if (!answer.findings) {
    out.null();
    return;
  }
  const auto& found = *answer.findings;
  out.begin_object().key("made_at").text(codec::time_text(found.made_at));
  out.key("from").text(codec::time_text(found.from)).key("until").text(codec::time_text(found.until));
  out.key("unit_type").text(found.unit_type).key("share").number(found.share).key("events").natural(found.events);
  out.key("units").number(static_cast<double>(found.traffic.units) / found.share);
  out.key("units_per_day").begin_object();
  codec::write_number(out, "mean", found.traffic.per_day);
  codec::write_number(out, "slowest", found.traffic.slowest);
  codec::write_number(out, "fastest", found.traffic.fastest);
  out.end_object().end_object();
}

}  // namespace touchstone::api
