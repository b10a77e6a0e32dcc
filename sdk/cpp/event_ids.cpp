#include "sdk/cpp/event_ids.hpp"

#include <random>

#include <fmt/format.h>

namespace touchstone::sdk {

EventIds::EventIds() {
  std::random_device device;
  for (int word = 0; word < 4; ++word) prefix_ += fmt::format("{:08x}", device());
}

std::string EventIds::next() { return fmt::format("{}-{:x}", prefix_, made_.fetch_add(1, std::memory_order_relaxed)); }

}  // namespace touchstone::sdk
