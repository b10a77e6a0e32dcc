#include "service/codec/phase_json.hpp"

#include "assign/slots.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

constexpr std::size_t kRanges = 100'000;
constexpr Whole kSlot{0, assign::slot_count};

bool read_range(const Field& field, storage::SlotRange& into) {
  std::vector<std::uint32_t> numbers;
  if (!ListOf{2, kSlot}(field, numbers)) return false;
  if (numbers.size() != 2) return field.fail("must be two slots", "[begin, end]");
  into = {numbers[0], numbers[1]};
  return true;
}

bool read_variant_slots(const Field& field, storage::VariantSlots& into) {
  std::vector<std::uint32_t> numbers;
  if (!ListOf{3, kSlot}(field, numbers)) return false;
  if (numbers.size() != 3) return field.fail("must be two slots and a variant", "[begin, end, variant]");
  into = {{numbers[0], numbers[1]}, numbers[2]};
  return true;
}

}  // namespace

bool read_phase(const Field& field, storage::Phase& into) {
  ObjectReader in(field);
  in.required("number", into.number, Whole{1, UINT32_MAX});
  in.required("started_at", into.started_at, read_time);
  in.nullable("ended_at", into.ended_at, read_time);
  in.required("enrolling", into.enrolling, read_bool);
  in.required("entry", into.entry, ListOf{kRanges, read_range});
  in.required("slots", into.slots, ListOf{kRanges, read_variant_slots});
  in.required("weights", into.weights, ListOf{100, kSlot});
  in.optional("sticky_version", into.sticky_version, Whole{1, UINT32_MAX});
  return in.finish();
}

void write_phase(JsonWriter& out, const storage::Phase& phase) {
  out.begin_object().key("number").natural(phase.number).key("started_at").text(time_text(phase.started_at));
  if (phase.ended_at) out.key("ended_at").text(time_text(*phase.ended_at));
  out.key("enrolling").boolean(phase.enrolling).key("entry").begin_array();
  for (const auto& [begin, end] : phase.entry) out.begin_array().natural(begin).natural(end).end_array();
  out.end_array().key("slots").begin_array();
  for (const auto& [range, variant] : phase.slots)
    out.begin_array().natural(range.begin).natural(range.end).natural(variant).end_array();
  out.end_array().key("weights").begin_array();
  for (const auto weight : phase.weights) out.natural(weight);
  out.end_array();
  if (phase.sticky_version > 1) out.key("sticky_version").natural(phase.sticky_version);
  out.end_object();
}

}  // namespace touchstone::codec
