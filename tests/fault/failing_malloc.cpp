// Loaded before the C library (LD_PRELOAD): its allocator, which fails when a test orders it to.

#include "tests/fault/failing_malloc.hpp"

#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

// NOLINTBEGIN(bugprone-reserved-identifier): glibc's own names for what stands behind malloc
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

using touchstone::e2e::MallocOrders;

MallocOrders* orders = nullptr;
std::atomic<std::uint32_t> dice{1};

[[gnu::constructor]] void find_orders() {
  const char* path = std::getenv(touchstone::e2e::kMallocOrders);  // NOLINT(concurrency-mt-unsafe): before main
  const int file = path == nullptr ? -1 : open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void* shared = mmap(nullptr, sizeof(MallocOrders), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (shared != MAP_FAILED) orders = static_cast<MallocOrders*>(shared);
}

bool counted_down() {
  auto left = orders->countdown.load(std::memory_order_relaxed);
  while (left > 0)
    if (orders->countdown.compare_exchange_weak(left, left - 1, std::memory_order_relaxed)) return left == 1;
  return false;
}

bool diced() {
  const auto limit = orders->per_million.load(std::memory_order_relaxed);
  return limit > 0 && (dice.fetch_add(0x9E3779B9U, std::memory_order_relaxed) >> 8U) % 1'000'000 < limit;
}

bool fails() {
  if (orders == nullptr || !(counted_down() || diced())) return false;
  orders->failed.fetch_add(1, std::memory_order_relaxed);
  errno = ENOMEM;
  return true;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) { return fails() ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) { return fails() ? nullptr : __libc_calloc(count, size); }
void* realloc(void* memory, std::size_t size) { return fails() ? nullptr : __libc_realloc(memory, size); }
void* memalign(std::size_t alignment, std::size_t size) { return fails() ? nullptr : __libc_memalign(alignment, size); }
void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }

int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  *memory = memalign(alignment, size);
  return *memory == nullptr ? ENOMEM : 0;
}
}
// NOLINTEND(bugprone-reserved-identifier)
