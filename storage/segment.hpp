#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/event.hpp"

namespace touchstone::storage {

/// The columnar form of a run of events of one environment (DATA-MODEL, Journal). Frozen: what was once written is read
/// for ever. All numbers are little-endian; "varint" is LEB128; "texts" are all lengths as varints, then all bytes.
///
/// Header, 28 bytes: magic "TSJ1", u16 format = 1, u16 flags = 0, u32 environment, u64 first_seq, u32 rows, u16 entries
/// of the directory, u16 codec. Then the directory, {u16 column, u16 encoding, u32 offset, u32 length} each, and the
/// columns' bytes in its order without gaps, plain (codec 0) or all together as one zlib stream (codec 1); offsets
/// count from the first of these bytes, plain. A column that says nothing (all empty, all 0) is left out.
///
///  1 seq - first_seq     encoding 1
///  2 type                encoding 0, u8
///  3 te                  encoding 1, microseconds
///  4 ts - te             encoding 1
///  5 received            encoding 1
///  6 id                  encoding 0, texts
///  7 unit type, id       encoding 2, pairs; after the rows one more index per link: its `to`
///  8 name                encoding 2
///  9 experiment, variant encoding 2, pairs;  and config_version, encoding 1
/// 10 value               encoding 3, a bit per row that has one;  and encoding 0, their IEEE 754 bits, u64
/// 11 attributes          encoding 2 where at least half of them repeat, else 0, texts
/// 12 channel, touchpoint encoding 2, pairs
/// 13 key id              encoding 1
///
/// Encodings: 0 raw; 1 differences to the value before (0 at first), zigzag, varint; 2 dictionary: varint count, the
/// distinct entries in byte order as texts (pairs: first, second), then a varint index per row; 3 bitmap, lowest bit
/// first.
enum class SegmentCodec : std::uint16_t { none = 0, zlib = 1 };

/// Rows at which a run of events is cut into another segment.
inline constexpr std::uint32_t kSegmentRows = 65'536;

/// More than this many rows in one segment are refused on reading and must not be written.
inline constexpr std::uint32_t kMaxSegmentRows = 1U << 20U;

/// `events`: at least one, ascending seq. The same events give the same bytes.
[[nodiscard]] std::string encode_segment(std::uint32_t environment, std::span<const StoredEvent> events,
                                         SegmentCodec codec = SegmentCodec::none);

struct Segment {
  std::uint32_t environment = 0;
  StoredBatch batch;
};

/// Total: any bytes give a Segment or an Error (internal, naming what does not fit), with memory bounded by the rows
/// the bytes can really hold.
[[nodiscard]] Result<Segment> decode_segment(std::string_view body);

/// CRC-32 (ISO-HDLC, as in zlib and PNG) of a body.
[[nodiscard]] std::uint32_t segment_checksum(std::string_view body) noexcept;

}  // namespace touchstone::storage
