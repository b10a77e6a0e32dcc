#pragma once

#include <cstddef>

/// For programs that link counting_allocator.cpp only.
namespace touchstone::tests {

/// How often the program has asked for memory since its start.
[[nodiscard]] std::size_t allocations() noexcept;

/// The n-th allocation from now on fails, and those after it that make up `count`; no more do once end_failing() said
/// so.
void fail_allocation(std::size_t n, std::size_t count = 1) noexcept;
/// Whether the n-th was reached.
bool end_failing() noexcept;

}  // namespace touchstone::tests
