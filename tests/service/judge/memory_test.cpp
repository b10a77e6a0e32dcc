// Each allocation of the live view fails once; what is then tried again gives the bits of an undisturbed run.

#include <array>
#include <new>

#include <gtest/gtest.h>

#include "service/judge/aggregates.hpp"
#include "tests/counting_allocator.hpp"
#include "tests/service/judge/kinds.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::MetricKind;

const std::vector<storage::Metric> kMetrics{metric("bought", MetricKind::proportion, "buy"),
                                            within(metric("revenue", MetricKind::sum, "buy"), 0h, 72h)};

/// One whose cells have ticks.
storage::Experiment ticking() {
  storage::Experiment made = experiment({"a", "b"}, kMetrics);
  made.plan.method = {"always-valid", 2};
  return made;
}

/// Thirty devices over two days, a third of whom turn out to be users that were there before.
Stream season() {
  constexpr std::array<std::string_view, 2> kVariants{"a", "b"};
  Stream made;
  for (std::size_t i = 0; i < 30; ++i) {
    const std::string unit = "u" + std::to_string(i);
    const Time te = kStart + i * 97min;
    made.expose(unit, kVariants.at(i % 2), te);
    if (i % 2 == 0) made.last().event.unit.type = "device";
    if (i % 3 == 0 || i % 5 == 0) made.happen(unit, "buy", te + 10min, 12.5);
    if (i % 6 == 4) made.link(unit, "u" + std::to_string(i - 1), te + 1h);
  }
  made.happen("u0", "end", kStart + 10 * 24h);
  return made;
}

template <class Work>
void again_while_memory_is_short(const Work& work) {
  for (;;) try {
      return work();
    } catch (const std::bad_alloc&) {
      continue;
    }
}

Aggregates fresh() {
  Aggregates view;
  view.put(ticking(), kMetrics);
  return view;
}

void tell(Aggregates& view, std::span<const storage::StoredEvent> events) {
  for (const storage::StoredEvent& event : events) {
    again_while_memory_is_short([&] { view.apply({&event, 1}); });
    again_while_memory_is_short([&] { view.bring_current(); });
  }
}

TEST(WantOfMemory, LeavesTheViewAsIfNothingHadBeen) {
  const Stream made = season();
  Aggregates undisturbed = fresh();
  tell(undisturbed, made.events);
  const Cells expected = *undisturbed.cells("checkout");
  const std::vector<Aged> ages = undisturbed.sight("checkout")->facts.ages;
  ASSERT_GT(ages.at(0).sums.at(1).sums.x.n, 1);
  ASSERT_GT(expected.by_tick.front().ticks().size(), 10U);

  std::size_t failed = 0;
  for (std::size_t n = 1;; ++n, ++failed) {
    Aggregates view = fresh();
    tests::fail_allocation(n);
    tell(view, made.events);
    if (!tests::end_failing()) break;
    ASSERT_EQ(*view.cells("checkout"), expected) << "allocation " << n;
    ASSERT_EQ(view.sight("checkout")->facts.ages, ages) << "allocation " << n;
    ASSERT_EQ(view.behind(), 0U);
  }
  EXPECT_GT(failed, made.events.size());
  std::printf("each of %zu allocations failed once\n", failed);
}

}  // namespace
}  // namespace touchstone::judge
