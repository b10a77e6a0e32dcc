#pragma once

#include <atomic>
#include <cstdint>

namespace touchstone::e2e {

/// What a test tells the allocator of the program that it runs, in a file that both map.
struct MallocOrders {
  std::atomic<std::uint32_t> countdown;    ///< the allocation that brings it to 0 fails; 0 = none
  std::atomic<std::uint32_t> per_million;  ///< of all allocations fail, at random
  std::atomic<std::uint32_t> failed;       ///< how many did
};

/// Names the file.
inline constexpr const char* kMallocOrders = "TOUCHSTONE_MALLOC_ORDERS";

}  // namespace touchstone::e2e
