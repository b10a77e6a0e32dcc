#include <chrono>
#include <filesystem>

#include <gtest/gtest.h>

#include "storage/catalogue.hpp"
#include "storage/sql_text.hpp"
#include "storage/sqlite/handle.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::storage {
namespace {

using namespace std::chrono_literals;

const Time kNow{Micros{1'800'000'000'000'000}};

Receipt receipt(unsigned char name, Time at, std::string answer = std::string("an\0swer", 7)) {
  Receipt made{{}, {}, at, std::move(answer)};
  made.name.fill(name);
  made.request.fill(9);
  return made;
}

TEST(Receipt, IsFoundAsItWasKept) {
  const TemporaryPlace place;
  auto catalogue = Catalogue::open(place.open()).value();
  const auto kept = receipt(1, kNow);
  ASSERT_TRUE(catalogue.keep_receipt(kept, kNow - 24h));
  const auto found = catalogue.receipt(kept.name);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->request, kept.request);
  EXPECT_EQ(found->at, kept.at);
  EXPECT_EQ(found->answer, kept.answer);
  EXPECT_EQ(catalogue.receipt(receipt(2, kNow).name).error().code, ErrorCode::not_found);
}

TEST(Receipt, IsNotReplacedWhileItCountsAndForgottenAfter) {
  const TemporaryPlace place;
  auto catalogue = Catalogue::open(place.open()).value();
  ASSERT_TRUE(catalogue.keep_receipt(receipt(1, kNow), kNow - 24h));
  ASSERT_TRUE(catalogue.keep_receipt(receipt(2, kNow + 1us), kNow - 24h));
  EXPECT_EQ(catalogue.keep_receipt(receipt(1, kNow), kNow - 1us).error().code, ErrorCode::conflict);
  ASSERT_TRUE(catalogue.keep_receipt(receipt(3, kNow + 24h), kNow));
  EXPECT_FALSE(catalogue.receipt(receipt(1, kNow).name));
  EXPECT_TRUE(catalogue.receipt(receipt(2, kNow).name));
}

/// A catalogue of the first schema is copied, then gets the table, and loses nothing.
TEST(Receipt, ComesToCataloguesOfTheFirstSchema) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  {
    sqlite::Handle old(directory.catalogue(), sqlite::Access::write);
    old.run(sql::migration::catalogue::step_0001_documents);
    old.run("INSERT INTO environment(project, key) VALUES ('default', 'production')");
  }
  auto catalogue = Catalogue::open(directory).value();
  EXPECT_EQ(catalogue.environments()->size(), 1U);
  EXPECT_TRUE(catalogue.keep_receipt(receipt(1, kNow), kNow - 24h));
  EXPECT_TRUE(std::filesystem::exists(directory.backups() / "catalogue-schema-1.db"));
}

}  // namespace
}  // namespace touchstone::storage
