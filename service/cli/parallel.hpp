#pragma once

#include <cstddef>
#include <functional>

namespace touchstone::cli {

/// Calls `work` with 0, 1, ... count - 1, each once, on so many threads (0: one per core), and `told` with the number
/// done so far, on the calling thread, ten times a second. What work throws first is thrown again, after the others
/// have stopped.
void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work,
                 const std::function<void(std::size_t)>& told);

}  // namespace touchstone::cli
