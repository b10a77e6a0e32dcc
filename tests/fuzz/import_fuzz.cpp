// Other vendors' configurations: the first byte names the vendor. What is carried must compile.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "assign/snapshot.hpp"
#include "sdk/wire/import.hpp"
#include "sdk/wire/replay.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace touchstone;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto vendors = wire::importers();
  const std::size_t chosen = data[0] % (vendors.size() + 1);
  if (chosen == vendors.size()) {
    static_cast<void>(wire::Replay().line(text));
  } else if (const auto imported = wire::import_configuration(vendors[chosen], text)) {
    static_cast<void>(assign::Snapshot::compile(wire::snapshot_of(*imported)));
  }
  return 0;
}
