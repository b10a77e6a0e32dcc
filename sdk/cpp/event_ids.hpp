#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace touchstone::sdk {

/// Ids that nobody else makes: 128 random bits of this object, and a count.
class EventIds {
 public:
  EventIds();
  [[nodiscard]] std::string next();

 private:
  std::string prefix_;
  std::atomic<std::uint64_t> made_{0};
};

}  // namespace touchstone::sdk
