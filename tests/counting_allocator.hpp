#pragma once

#include <cstddef>

namespace touchstone::tests {

/// How often the program has asked for memory since its start. Programs that link counting_allocator.cpp only.
[[nodiscard]] std::size_t allocations() noexcept;

}  // namespace touchstone::tests
