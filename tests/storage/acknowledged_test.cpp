#include "storage/acknowledged.hpp"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "storage/examine.hpp"
#include "tests/storage/stocked.hpp"

namespace touchstone::storage {
namespace {

using Numbers = Acknowledged::Numbers;

std::string error_of(const std::filesystem::path& data) {
  const Directory directory = Directory::open(data).value();
  const auto writer = Writer::open(directory, {});
  return writer ? "" : writer.error().message;
}

TEST(Acknowledged, IsWhatWasNotedLast) {
  const TemporaryPlace place;
  const auto data = place.open().path();
  EXPECT_EQ(Acknowledged::in(data), std::nullopt);
  {
    Acknowledged file(data);
    file.note({1, 2});
    file.note({UINT64_MAX, 3});
  }
  EXPECT_EQ(Acknowledged::in(data), (Numbers{UINT64_MAX, 3}));
}

TEST(Acknowledged, WhatCannotBeBelievedIsNotKnown) {
  const TemporaryPlace place;
  const auto data = place.open().path();
  Acknowledged(data).note({16, 4});
  const auto file = Acknowledged::file_of(data);
  std::fstream(file, std::ios::in | std::ios::out).seekp(24).put('7');
  EXPECT_EQ(Acknowledged::in(data), std::nullopt) << "another number than its checksum is of";
  Acknowledged(data).note({16, 4});
  std::filesystem::resize_file(file, 20);
  EXPECT_EQ(Acknowledged::in(data), std::nullopt);
  Acknowledged("/nowhere/at/all").note({1, 1});
}

TEST(Acknowledged, TheWriterNotesEventsAndChanges) {
  Stocked stocked;
  const auto noted = Acknowledged::in(stocked.data()).value();
  EXPECT_EQ(noted.event, JournalReader(stocked.directory()).last_seq().value());
  EXPECT_EQ(noted.change, 1U);
  stocked.send({purchase("later", "u9", stocked.now())});
  EXPECT_EQ(Acknowledged::in(stocked.data())->event, noted.event + 1);
}

/// As after a log of the database that was cut: the file lacks the last event, or the last change.
TEST(Acknowledged, ALostEndIsRefusedAndNamed) {
  Stocked stocked;
  stocked.rest();
  const auto data = stocked.beside("copy");
  std::filesystem::create_directory(data);
  for (const auto& entry : std::filesystem::directory_iterator(stocked.data()))
    if (entry.is_regular_file()) std::filesystem::copy(entry, data / entry.path().filename());
  EXPECT_EQ(error_of(data), "");
  const Numbers whole = Acknowledged::in(data).value();
  Acknowledged(data).note({whole.event + 1, whole.change});
  EXPECT_NE(error_of(data).find("journal-2026-12.db has lost its end: events up to "), std::string::npos)
      << error_of(data);
  const auto findings = examine(data, stocked.now());
  const auto found = std::ranges::find(findings, "acknowledged", &Finding::subject);
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->level, Finding::Level::problem);
  EXPECT_NE(found->advice.find("Restore a backup"), std::string::npos);
  Acknowledged(data).note({whole.event, whole.change + 1});
  EXPECT_NE(error_of(data).find("catalogue.db has lost its end: changes up to 2"), std::string::npos);
  std::filesystem::remove(Acknowledged::file_of(data));
  EXPECT_EQ(error_of(data), "") << "whoever removes it goes on without";
}

}  // namespace
}  // namespace touchstone::storage
