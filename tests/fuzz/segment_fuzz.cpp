// Bodies of segments: whatever comes, it is refused or gives events that can be written and read again as the same.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "storage/segment.hpp"
#include "storage/segment/days.hpp"

namespace {

using namespace touchstone::storage;

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  (void)segment::days_of(body);
  const auto read = decode_segment(body);
  if (!read) return 0;
  const auto written = encode_segment(read->environment, read->batch.events);
  const auto again = decode_segment(written);
  require(again.ok() && again->batch.events.size() == read->batch.events.size());
  require(encode_segment(again->environment, again->batch.events) == written);
  return 0;
}
