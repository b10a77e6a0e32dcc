#include "service/codec/remaining_json.hpp"

#include <string_view>

#include "service/codec/report_rows.hpp"

namespace touchstone::codec {
namespace {

void write_ahead(JsonWriter& out, std::string_view key, const std::optional<judge::UnitsAhead>& ahead) {
  out.key(key);
  if (!ahead) {
    out.null();
    return;
  }
  out.begin_object().key("change").number(ahead->change).key("units").number(ahead->units);
  write_number(out, "days", ahead->days);
  out.end_object();
}

}  // namespace

void write_remaining(JsonWriter& out, const std::optional<judge::Remaining>& remaining) {
  out.key("remaining");
  if (!remaining) {
    out.null();
    return;
  }
  out.begin_object().key("metric").text(remaining->metric).key("variant").text(remaining->variant);
  out.key("power").number(remaining->power);
  write_number(out, "units_per_day", remaining->units_per_day);
  write_ahead(out, "smallest", remaining->smallest);
  write_ahead(out, "seen", remaining->seen);
  write_ahead(out, "soonest", remaining->soonest);
  write_ahead(out, "latest", remaining->latest);
  out.end_object();
}

}  // namespace touchstone::codec
