#include "storage/catalogue.hpp"

#include <string>

#include <gtest/gtest.h>

#include "storage/sqlite/handle.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::storage {
namespace {

constexpr std::uint64_t kEpoch = 1ULL << 32U;

class CatalogueTest : public ::testing::Test {
 protected:
  CatalogueTest() : directory_(place_.open()), catalogue_(Catalogue::open(directory_).value()) {
    environment_ = catalogue_.create_environment("default", "production").value().id;
    other_ = catalogue_.create_environment("default", "staging").value().id;
  }

  Result<Edited> put(std::string_view key, std::string_view text, std::optional<std::uint32_t> expected = {},
                     Time at = kNoon) {
    return catalogue_.put({environment_, "experiment", key, text, false, expected}, {"ann", "because", at});
  }

  TemporaryPlace place_;
  Directory directory_;
  Catalogue catalogue_;
  std::uint32_t environment_ = 0;
  std::uint32_t other_ = 0;
};

TEST_F(CatalogueTest, KeepsEveryVersion) {
  EXPECT_EQ(put("checkout", "{1}", 0)->version, 1U);
  EXPECT_EQ(put("checkout", "{2}", 1)->version, 2U);
  EXPECT_EQ(catalogue_.document(environment_, "experiment", "checkout")->text, "{2}");
  EXPECT_EQ(catalogue_.document(environment_, "experiment", "checkout", 1)->text, "{1}");
  EXPECT_EQ(catalogue_.history(environment_, "experiment", "checkout")->size(), 2U);
}

TEST_F(CatalogueTest, RefusesTheSecondOfTwoWhoSawTheSameVersion) {
  ASSERT_TRUE(put("checkout", "{}", 0).ok());
  ASSERT_TRUE(put("checkout", "{2}", 1).ok());
  const auto late = put("checkout", "{3}", 1);
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code, ErrorCode::precondition);
  EXPECT_EQ(catalogue_.document(environment_, "experiment", "checkout")->text, "{2}");
}

TEST_F(CatalogueTest, KeepsKeysUniqueIgnoringCaseAndForEver) {
  ASSERT_TRUE(put("Checkout", "{}", 0).ok());
  EXPECT_EQ(put("checkout", "{}", 0).error().code, ErrorCode::conflict);
  EXPECT_EQ(put("checkout", "{}").error().code, ErrorCode::conflict);
  ASSERT_TRUE(catalogue_.put({environment_, "experiment", "Checkout", "{}", true, 1}, {"ann", "", kNoon}).ok());
  EXPECT_EQ(put("Checkout", "{}", 0).error().code, ErrorCode::conflict);
  EXPECT_EQ(catalogue_.document(environment_, "experiment", "checkout").error().code, ErrorCode::not_found);
}

TEST_F(CatalogueTest, TreatsWhatBelongsToAnotherEnvironmentAsAbsent) {
  ASSERT_TRUE(put("checkout", "{}", 0).ok());
  EXPECT_EQ(catalogue_.document(other_, "experiment", "checkout").error().code, ErrorCode::not_found);
  EXPECT_TRUE(catalogue_.documents(other_, "experiment")->empty());
  EXPECT_TRUE(catalogue_.changes(other_, 0, 10)->empty());
  EXPECT_EQ(catalogue_.put({99, "experiment", "a", "{}", false, {}}, {"ann", "", kNoon}).error().code,
            ErrorCode::not_found);
}

TEST_F(CatalogueTest, CountsConfigVersionUpPerEnvironmentAndEpoch) {
  const std::uint64_t before = catalogue_.config_version(other_).value();
  EXPECT_EQ(put("a", "{}")->config_version, kEpoch + 1);
  EXPECT_EQ(put("b", "{}")->config_version, kEpoch + 2);
  EXPECT_EQ(catalogue_.config_version(other_).value(), before);
  EXPECT_EQ(catalogue_.raise_epoch(environment_).value(), 2 * kEpoch + 2);
  EXPECT_EQ(catalogue_.environment("default", "production")->config_version, 2 * kEpoch + 2);
}

TEST_F(CatalogueTest, RemembersWhatWasAgreedAtAnInstant) {
  ASSERT_TRUE(put("a", "{1}", {}, kNoon).ok());
  ASSERT_TRUE(put("a", "{2}", {}, kNoon + std::chrono::hours(2)).ok());
  ASSERT_TRUE(put("b", "{1}", {}, kNoon + std::chrono::hours(3)).ok());
  const auto then = catalogue_.documents(environment_, "experiment", kNoon + std::chrono::hours(1)).value();
  ASSERT_EQ(then.size(), 1U);
  EXPECT_EQ(then[0].text, "{1}");
  EXPECT_EQ(catalogue_.documents(environment_, "experiment", kNoon + std::chrono::hours(3))->size(), 2U);
}

TEST_F(CatalogueTest, UndoesAllOfACommandThatFails) {
  const Status done = catalogue_.transact([&](Catalogue& open) -> Status {
    const Actor by{"ann", "", kNoon};
    if (const auto put = open.put({environment_, "flag", "f", "{}", false, 0}, by); !put) return put.error();
    return Error{ErrorCode::conflict, "no", {}, {}};
  });
  EXPECT_EQ(done.error().code, ErrorCode::conflict);
  EXPECT_EQ(catalogue_.document(environment_, "flag", "f").error().code, ErrorCode::not_found);
  EXPECT_TRUE(catalogue_.verify_changes().ok());
}

TEST_F(CatalogueTest, ShowsReadersWhatIsCommittedAndLetsThemWriteNothing) {
  ASSERT_TRUE(put("a", "{1}").ok());
  const auto reader = Catalogue::read(directory_).value();
  EXPECT_EQ(reader->document(environment_, "experiment", "a")->text, "{1}");
  ASSERT_TRUE(put("a", "{2}").ok());
  EXPECT_EQ(reader->document(environment_, "experiment", "a")->text, "{2}");
  EXPECT_EQ(reader->environments()->size(), 2U);
}

TEST_F(CatalogueTest, SurvivesBeingOpenedAgain) {
  ASSERT_TRUE(put("a", "{1}").ok());
  const auto key = catalogue_.fingerprint_key().value();
  catalogue_ = Catalogue::open(directory_).value();
  EXPECT_EQ(catalogue_.document(environment_, "experiment", "a")->text, "{1}");
  EXPECT_EQ(catalogue_.fingerprint_key().value(), key);
  EXPECT_NE(key, FingerprintKey{});
}

TEST_F(CatalogueTest, FindsKeysByHashUntilTheyAreRevoked) {
  Digest hash{};
  hash.fill(1);
  ApiKey key;
  key.environment = environment_;
  key.kind = KeyKind::server;
  key.prefix = "ts_server_ab";
  key.created = kNoon;
  const ApiKey added = catalogue_.add_key(key, hash).value();
  EXPECT_EQ(catalogue_.find_key(hash)->id, added.id);
  EXPECT_EQ(catalogue_.find_key(hash)->kind, KeyKind::server);
  EXPECT_EQ(catalogue_.add_key(key, hash).error().code, ErrorCode::conflict);
  EXPECT_EQ(catalogue_.revoke_key(other_, added.id, kNoon).error().code, ErrorCode::not_found);
  ASSERT_TRUE(catalogue_.revoke_key(environment_, added.id, kNoon).ok());
  EXPECT_EQ(catalogue_.find_key(hash).error().code, ErrorCode::not_found);
  ASSERT_EQ(catalogue_.keys(environment_)->size(), 1U);
  EXPECT_EQ(catalogue_.keys(environment_)->front().revoked, kNoon);
  EXPECT_EQ(catalogue_.keys(environment_)->front().sha256, hash);
}

TEST_F(CatalogueTest, TakesASetupTokenOnceAndInTime) {
  Digest first{};
  first.fill(1);
  Digest second{};
  second.fill(2);
  ASSERT_TRUE(catalogue_.add_setup_token(first, kNoon + std::chrono::hours(1)).ok());
  ASSERT_TRUE(catalogue_.add_setup_token(second, kNoon + std::chrono::hours(1)).ok());
  EXPECT_TRUE(catalogue_.use_setup_token(first, kNoon).ok());
  EXPECT_EQ(catalogue_.use_setup_token(first, kNoon).error().code, ErrorCode::unauthorized);
  EXPECT_EQ(catalogue_.use_setup_token(second, kNoon + std::chrono::hours(1)).error().code, ErrorCode::unauthorized);
}

TEST_F(CatalogueTest, SetsAnEventAsideOnce) {
  const Event event = purchase("q", "u", kNoon + std::chrono::hours(48));
  const StoredEvent row{event, 0, event.ts, kNoon, 3};
  ASSERT_TRUE(catalogue_.quarantine(environment_, {1, 2}, row).ok());
  ASSERT_TRUE(catalogue_.quarantine(environment_, {1, 2}, row).ok());
  const auto aside = catalogue_.quarantined(environment_, 0, 10).value();
  ASSERT_EQ(aside.size(), 1U);
  EXPECT_EQ(line(aside[0].batch.events.at(0)), line(row));
  EXPECT_TRUE(catalogue_.quarantined(other_, 0, 10)->empty());
}

/// What somebody with the file in hand might do, and the change that verification must name.
struct Tampering {
  const char* name;
  const char* sql;
  const char* named;
};

class ChainTest : public CatalogueTest, public ::testing::WithParamInterface<Tampering> {};

TEST_P(ChainTest, NamesTheFirstChangeThatWasTamperedWith) {
  for (const char* key : {"a", "b", "c", "d"}) ASSERT_TRUE(put(key, "{}").ok());
  ASSERT_TRUE(catalogue_.verify_changes().ok());
  sqlite::Handle offline(directory_.catalogue(), sqlite::Access::write);
  offline.run("PRAGMA foreign_keys = OFF");
  offline.run(GetParam().sql);
  const Status verified = catalogue_.verify_changes();
  ASSERT_FALSE(verified.ok());
  EXPECT_EQ(verified.error().message, std::string("the chain of changes breaks at change ") + GetParam().named);
}

INSTANTIATE_TEST_SUITE_P(
    Catalogue, ChainTest,
    ::testing::Values(Tampering{"altered", "UPDATE change SET document = '{9}' WHERE seq = 2", "2"},
                      Tampering{"author", "UPDATE change SET actor = 'bob' WHERE seq = 3", "3"},
                      Tampering{"removed", "DELETE FROM change WHERE seq = 2", "2"},
                      Tampering{"swapped",
                                "UPDATE change SET seq = 9 WHERE seq = 2; UPDATE change SET seq = 2 WHERE seq = 3;"
                                "UPDATE change SET seq = 3 WHERE seq = 9",
                                "1"},
                      Tampering{"last", "UPDATE change SET at = 0 WHERE seq = 4", "4"},
                      Tampering{"cut", "DELETE FROM change WHERE seq = 4", "4"}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace touchstone::storage
