#include <atomic>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include "tests/service/http/trial.hpp"
#include "tests/service/http/wire.hpp"

// This program's allocations fail at random, on all threads but the test's own.
namespace {

std::atomic<unsigned> failures_per_thousand{0};
std::atomic<unsigned> failures{0};
std::atomic<unsigned> dice{1};
thread_local bool spared = false;

bool fails() noexcept {
  const unsigned limit = failures_per_thousand.load(std::memory_order_relaxed);
  if (limit == 0 || spared) return false;
  const unsigned roll = dice.fetch_add(0x9E3779B9U, std::memory_order_relaxed) >> 8;
  if (roll % 1000 >= limit) return false;
  failures.fetch_add(1, std::memory_order_relaxed);
  return true;
}

}  // namespace

// Not inlined: the compiler would see free() beside a new that it takes for the library's.
[[gnu::noinline]] void* operator new(std::size_t size) {
  void* memory = fails() ? nullptr : std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc{};
  return memory;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace touchstone::http::test {
namespace {

void ask_everything(Trial& trial) {
  Wire wire(trial.port());
  for (const auto* path : {"/probe", "/slow/1", "/durable/1", "/nowhere", "/fast/%20", "/throws", "/etag"}) {
    const auto answer = wire.ask(get(path));
    if (!answer) return;  // this one connection was given up
    ASSERT_TRUE(answer->status == 200 || answer->status == 404 || answer->status >= 500) << path;
  }
}

TEST(Memory, RunningOutOfItEndsRequestsAndNotTheService) {
  spared = true;
  auto options = quick_options();
  options.deadlines.header = options.deadlines.idle = std::chrono::milliseconds{200};
  Trial trial(options);
  for (const unsigned rate : {1U, 10U, 100U}) {
    failures_per_thousand = rate;
    for (int i = 0; i < 150; ++i) ask_everything(trial);
    failures_per_thousand = 0;
    const auto answer = Wire(trial.port()).ask(get("/probe"));
    ASSERT_TRUE(answer) << "deaf after " << rate << " failures in a thousand";
    EXPECT_EQ(answer->status, 200);
  }
  EXPECT_GT(failures.load(), 100U);
  EXPECT_TRUE(eventually([&] { return trial.server().counters().active == 0; })) << "no connection is forgotten";
}

}  // namespace
}  // namespace touchstone::http::test
