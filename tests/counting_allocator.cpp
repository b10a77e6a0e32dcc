#include "tests/counting_allocator.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> count{0};
std::atomic<std::size_t> fails_from{0};
std::atomic<std::size_t> fails_until{0};

bool fails() noexcept {
  const std::size_t number = ++count;
  return number >= fails_from && number < fails_until;
}

}  // namespace

void* operator new(std::size_t size) {
  void* const memory = fails() ? nullptr : std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace touchstone::tests {

std::size_t allocations() noexcept { return count.load(); }

void fail_allocation(std::size_t n, std::size_t how_many) noexcept {
  fails_from = count + n;
  fails_until = fails_from + how_many;
}

bool end_failing() noexcept {
  fails_until = 0;
  return count >= fails_from;
}

}  // namespace touchstone::tests
