#include "service/codec/slots_field.hpp"

namespace touchstone::codec {
namespace {

constexpr Whole kSlot{0, assign::slot_count};

bool read_range(const Field& field, assign::SlotRange& into) {
  std::vector<std::uint32_t> ends;
  if (!ListOf{2, kSlot}(field, ends)) return false;
  if (ends.size() != 2) return field.fail("must be two slots", "send [begin, end]");
  into = {ends[0], ends[1]};
  return true;
}

}  // namespace

bool read_ranges(const Field& field, assign::SlotRanges& into) {
  if (!ListOf{1'000, read_range}(field, into)) return false;
  if (!assign::well_formed(std::span<const assign::SlotRange>(into)))
    return field.fail("must be sorted, disjoint and not empty", "send [[0, 50000], [90000, 100000]]");
  return true;
}

void write_ranges(JsonWriter& out, const assign::SlotRanges& ranges) {
  out.begin_array();
  for (const auto& range : ranges) out.begin_array().natural(range.begin).natural(range.end).end_array();
  out.end_array();
}

}  // namespace touchstone::codec
