#include "storage/event_set.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/storage/sample.hpp"

namespace touchstone::storage {
namespace {

EventSet set_of(const std::vector<StoredEvent>& rows) {
  Fingerprinter fingerprinter({7});
  EventSet set;
  for (const StoredEvent& row : rows) set.add(fingerprinter.fingerprint(row));
  return set;
}

TEST(EventSet, IsTheSameInAnyOrderAndInParts) {
  auto rows = stored(one_of_each());
  const auto digest = set_of(rows).digest();
  std::ranges::reverse(rows);
  EXPECT_EQ(set_of(rows).digest(), digest);
  EventSet parts = set_of({rows[0], rows[1]});
  parts.add(set_of({rows[2], rows[3]}));
  EXPECT_EQ(parts.digest(), digest);
  EXPECT_EQ(parts.count(), 4U);
}

TEST(EventSet, DoesNotDependOnOrderOfAcceptanceReceiptOrKey) {
  auto rows = stored(one_of_each());
  const auto digest = set_of(rows).digest();
  for (StoredEvent& row : rows) {
    row.seq += 100;
    row.received += std::chrono::hours(1);
    row.key = 99;
  }
  EXPECT_EQ(set_of(rows).digest(), digest);
}

TEST(EventSet, SeesEveryChangeThatResultsCouldDependOn) {
  const auto rows = stored(one_of_each());
  const auto digest = set_of(rows).digest();
  auto late = rows;
  late[1].te += Micros(1);
  EXPECT_NE(set_of(late).digest(), digest);
  auto dearer = rows;
  dearer[1].event.value = 50.0;
  EXPECT_NE(set_of(dearer).digest(), digest);
  EXPECT_NE(set_of({rows[0], rows[1], rows[2]}).digest(), digest);
  EXPECT_NE(set_of({rows[0], rows[1], rows[2], rows[3], rows[3]}).digest(), digest);
  EXPECT_NE(set_of({}).digest(), digest);
}

}  // namespace
}  // namespace touchstone::storage
