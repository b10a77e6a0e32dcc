#include "assign/current.hpp"

#include <atomic>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace touchstone::assign {
namespace {

/// Two halves that must always be seen together.
struct Pair {
  int first;
  int second;
};

TEST(Current, AReaderSeesWhatWasPublishedBeforeItReads) {
  Current<Pair> current(std::make_shared<Pair>(Pair{1, 1}));
  Current<Pair>::Reader reader(current);
  EXPECT_EQ(reader.read()->first, 1);
  current.publish(std::make_shared<Pair>(Pair{2, 2}));
  EXPECT_EQ(reader.read()->first, 2);
  EXPECT_EQ(current.load()->second, 2);
}

TEST(Current, TheOldValueLivesAsLongAsAReaderHasIt) {
  auto first = std::make_shared<const Pair>(Pair{1, 1});
  const std::weak_ptr<const Pair> watch = first;
  Current<Pair> current(std::move(first));
  Current<Pair>::Reader reader(current);
  current.publish(std::make_shared<Pair>(Pair{2, 2}));
  EXPECT_FALSE(watch.expired());
  EXPECT_EQ(reader.read()->first, 2);
  EXPECT_TRUE(watch.expired());
}

TEST(Current, ReadersOnOtherThreadsSeeWholeValuesInOrder) {
  constexpr int last = 2'000;
  Current<Pair> current(std::make_shared<Pair>(Pair{0, 0}));
  std::atomic<int> faults{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      Current<Pair>::Reader reader(current);
      for (int seen = 0; seen < last;) {
        const Pair now = *reader.read();
        if (now.first != now.second || now.first < seen) ++faults;
        seen = now.first;
      }
    });
  for (int i = 1; i <= last; ++i) current.publish(std::make_shared<Pair>(Pair{i, i}));
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(faults, 0);
}

}  // namespace
}  // namespace touchstone::assign
