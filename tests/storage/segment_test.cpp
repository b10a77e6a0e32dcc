#include "storage/segment.hpp"

#include <bit>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "storage/segment/days.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::storage {
namespace {

std::string from_hex(const std::string& path) {
  std::ifstream file(path);
  std::string bytes;
  for (std::string row; std::getline(file, row);) {
    row = row.substr(0, row.find_first_of(" #"));
    for (std::size_t i = 0; i + 1 < row.size(); i += 2) {
      bytes.push_back(static_cast<char>(std::stoi(row.substr(i, 2), nullptr, 16)));
    }
  }
  return bytes;
}

/// One of each, with a gap in seq as an erasure leaves it and one clock that was wrong.
std::vector<StoredEvent> golden_rows(const std::vector<Event>& events) {
  auto rows = stored(events, 100);
  rows[2].seq = 103;
  rows[3].seq = 104;
  rows[2].te = kNoon - std::chrono::seconds(600);
  return rows;
}

std::string golden_bytes() { return from_hex(TOUCHSTONE_SOURCE_DIR "/tests/storage/golden/segment-1.hex"); }

std::vector<StoredEvent> many(const std::vector<std::string>& texts) {
  std::vector<StoredEvent> rows;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Event event = purchase(texts[i], texts[i % 17], kNoon + Micros{static_cast<std::int64_t>(i * i % 1009)});
    if (i % 3 == 0) event.value = {};
    rows.push_back({event, 1 + 2 * i, event.ts, kNoon, static_cast<std::uint32_t>(i % 2)});
  }
  return rows;
}

std::vector<std::string> numbered(std::size_t count) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) texts.push_back("id-" + std::to_string(i));
  return texts;
}

TEST(Segment, WritesTheFrozenBytes) {
  const auto events = one_of_each();
  ASSERT_FALSE(golden_bytes().empty());
  EXPECT_EQ(encode_segment(3, golden_rows(events)), golden_bytes());
}

TEST(Segment, ReadsTheFrozenBytes) {
  const auto segment = decode_segment(golden_bytes());
  ASSERT_TRUE(segment.ok()) << segment.error().message;
  const auto events = one_of_each();
  EXPECT_EQ(segment->environment, 3U);
  EXPECT_EQ(lines(segment->batch.events), lines(golden_rows(events)));
}

TEST(Segment, ChecksumIsTheOneOfZlib) {
  // The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
  EXPECT_EQ(segment_checksum("123456789"), 0xCBF43926U);
}

class SegmentCodecTest : public ::testing::TestWithParam<SegmentCodec> {};

TEST_P(SegmentCodecTest, GivesBackWhatWentIn) {
  const auto texts = numbered(5000);
  const auto rows = many(texts);
  const auto segment = decode_segment(encode_segment(9, rows, GetParam()));
  ASSERT_TRUE(segment.ok()) << segment.error().message;
  EXPECT_EQ(lines(segment->batch.events), lines(rows));
}

TEST_P(SegmentCodecTest, SurvivesEveryTruncation) {
  const auto events = one_of_each();
  const std::string body = encode_segment(3, golden_rows(events), GetParam());
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_FALSE(decode_segment(std::string(body, 0, size)).ok()) << size;
  }
  EXPECT_FALSE(decode_segment(body + "x").ok());
}

TEST_P(SegmentCodecTest, SurvivesDamageAnywhere) {
  const auto texts = numbered(40);
  const std::string body = encode_segment(3, many(texts), GetParam());
  std::minstd_rand random(20261121);
  for (int round = 0; round < 20'000; ++round) {
    std::string damaged = body;
    for (int hits = 1 + static_cast<int>(random() % 4); hits > 0; --hits) {
      damaged[random() % damaged.size()] = static_cast<char>(random());
    }
    const auto segment = decode_segment(damaged);
    if (segment.ok()) {
      ASSERT_EQ(lines(segment->batch.events).size(), segment->batch.events.size());
    }
    (void)segment::days_of(damaged);
  }
}

INSTANTIATE_TEST_SUITE_P(Segment, SegmentCodecTest, ::testing::Values(SegmentCodec::none, SegmentCodec::zlib),
                         [](const auto& one) { return one.param == SegmentCodec::none ? "none" : "zlib"; });

TEST(Segment, KeepsEveryBitOfExtremeNumbers) {
  const std::vector<double> values{0.0, -0.0, 1e15, -1e15, 5e-324, 0.1};
  std::vector<StoredEvent> rows;
  for (const double value : values) {
    Event event = purchase("", "u", Time{Micros{0}}, value);
    event.config_version = ~0ULL - rows.size();
    rows.push_back({event, 1 + rows.size(), Time::max(), Time::min(), ~0U});
  }
  const auto segment = decode_segment(encode_segment(~0U, rows));
  ASSERT_TRUE(segment.ok()) << segment.error().message;
  EXPECT_EQ(lines(segment->batch.events), lines(rows));
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(*segment->batch.events[i].event.value),
              std::bit_cast<std::uint64_t>(values[i]));
  }
}

TEST(Segment, GivesTheSameBytesForTheSameEvents) {
  const auto texts = numbered(3000);
  const auto copies = numbered(3000);
  EXPECT_EQ(encode_segment(1, many(texts)), encode_segment(1, many(copies)));
}

TEST(Segment, ClaimsOfManyRowsCostNothing) {
  std::string body = golden_bytes();
  body[20] = body[21] = static_cast<char>(0xFF);
  EXPECT_FALSE(decode_segment(body).ok());
}

TEST(Segment, NamesTheDaysOfItsEventsAsSent) {
  const auto events = one_of_each();
  const auto days = segment::days_of(golden_bytes());
  ASSERT_TRUE(days.ok());
  EXPECT_EQ(*days, (std::vector<Day>{day_of(events[2].ts), day_of(kNoon)}));
}

}  // namespace
}  // namespace touchstone::storage
