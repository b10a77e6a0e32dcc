#pragma once

#include <chrono>
#include <new>
#include <thread>

namespace touchstone::storage {

/// Does `work`, and again after a moment for as long as memory is wanting: for what may not stay undone, because what
/// it follows from is on the disk. An attempt that fails must leave `work` as it was to be done.
template <class Work>
auto insist(Work&& work) -> decltype(work()) {
  constexpr std::chrono::milliseconds moment{10};
  for (;;) {
    try {
      return work();
    } catch (const std::bad_alloc&) {
      std::this_thread::sleep_for(moment);
    }
  }
}

}  // namespace touchstone::storage
