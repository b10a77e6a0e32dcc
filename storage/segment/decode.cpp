#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <zlib.h>

#include "storage/segment.hpp"
#include "storage/segment/byte_reader.hpp"
#include "storage/segment/days.hpp"
#include "storage/segment/layout.hpp"
#include "storage/segment/units.hpp"

namespace touchstone::storage {
namespace segment {
namespace {

/// zlib never makes more than this many bytes out of one.
constexpr std::uint64_t kMostInflation = 1032;

struct Header {
  std::uint32_t environment = 0;
  std::uint64_t first_seq = 0;
  std::uint32_t rows = 0;
  std::uint16_t parts = 0;  ///< entries of the directory
  std::uint16_t codec = 0;
};

Error damaged(std::string_view what) { return {ErrorCode::internal, fmt::format("damaged segment: {}", what), {}, {}}; }

Result<Header> read_header(std::string_view body) {
  if (body.size() < kHeaderSize || !body.starts_with(kMagic)) return damaged("no header");
  ByteReader in(body.substr(kMagic.size(), kHeaderSize - kMagic.size()));
  if (in.fixed<std::uint16_t>() != kFormat) return damaged("unknown format");
  if (in.fixed<std::uint16_t>() != 0) return damaged("unknown flags");
  Header header;
  header.environment = in.fixed<std::uint32_t>();
  header.first_seq = in.fixed<std::uint64_t>();
  header.rows = in.fixed<std::uint32_t>();
  header.parts = in.fixed<std::uint16_t>();
  header.codec = in.fixed<std::uint16_t>();
  if (header.rows == 0 || header.rows > kMaxSegmentRows) return damaged("row count");
  return header;
}

struct Part {
  Column column;
  Encoding encoding;
  std::size_t offset;
  std::size_t length;
};

struct Directory {
  std::vector<Part> parts;
  std::size_t data_size = 0;  ///< of all columns, plain
};

Result<Directory> read_directory(const Header& header, std::string_view body) {
  ByteReader in(body.substr(kHeaderSize));
  Directory directory;
  for (std::uint16_t i = 0; i < header.parts; ++i) {
    const auto column = static_cast<Column>(in.fixed<std::uint16_t>());
    const auto encoding = static_cast<Encoding>(in.fixed<std::uint16_t>());
    const auto offset = in.fixed<std::uint32_t>();
    const auto length = in.fixed<std::uint32_t>();
    if (in.failed() || offset != directory.data_size) return damaged("directory");
    directory.parts.push_back({column, encoding, offset, length});
    directory.data_size += length;
  }
  return directory;
}

Result<std::string_view> inflated(std::string_view packed, std::size_t size, assign::TextArena& text) {
  if (size > packed.size() * kMostInflation) return damaged("length");
  std::string plain(size, '\0');
  uLongf made = plain.size();
  uLong used = packed.size();
  const int code =
      uncompress2(reinterpret_cast<Bytef*>(plain.data()), &made, reinterpret_cast<const Bytef*>(packed.data()), &used);
  if (code != Z_OK || made != plain.size() || used != packed.size()) return damaged("compressed part");
  return text.keep(plain);
}

/// The columns' bytes, plain, in memory that the arena owns.
Result<std::string_view> read_data(const Header& header, std::size_t size, std::string_view body,
                                   assign::TextArena& text) {
  const std::string_view rest = body.substr(kHeaderSize + header.parts * kDirectoryEntrySize);
  if (header.codec == static_cast<std::uint16_t>(SegmentCodec::zlib)) return inflated(rest, size, text);
  if (header.codec != static_cast<std::uint16_t>(SegmentCodec::none)) return damaged("unknown codec");
  if (size != rest.size()) return damaged("length");
  return text.keep(rest);
}

using Parts = std::map<std::pair<Column, Encoding>, std::string_view>;

Result<Parts> cut(const Directory& directory, std::string_view data) {
  Parts parts;
  for (const Part& part : directory.parts) {
    const auto bytes = data.substr(part.offset, part.length);
    if (!parts.emplace(std::pair{part.column, part.encoding}, bytes).second) return damaged("directory");
  }
  return parts;
}

/// Fills events from columns. The first thing that does not fit is kept in `trouble_` and ends the reading.
class Decoder {
 public:
  Decoder(const Header& header, Parts parts) : header_(header), parts_(std::move(parts)) {}

  Status decode(std::vector<StoredEvent>& events) {
    if (!complete()) return damaged("missing column");
    if (part_of(Column::seq, Encoding::delta).size() < header_.rows) return damaged("row count");
    events.resize(header_.rows);
    events_ = events;
    read_order();
    read_times();
    read_texts(Column::id, [](StoredEvent& row, std::string_view text) { row.event.id = text; });
    read_units();
    read_dictionary(Column::name, [](StoredEvent& row, std::string_view text) { row.event.name = text; });
    read_exposures();
    read_values();
    read_texts(Column::attributes, [](StoredEvent& row, std::string_view text) { row.event.attributes = text; });
    read_dictionary(Column::attributes, [](StoredEvent& row, std::string_view text) { row.event.attributes = text; });
    read_channels();
    read_deltas(Column::key, [](StoredEvent& row, std::int64_t key) { row.key = static_cast<std::uint32_t>(key); });
    if (taken_ != parts_.size()) trouble_ = trouble_.empty() ? "unknown column" : trouble_;
    return trouble_.empty() ? ok() : damaged(trouble_);
  }

  Status days(std::vector<Day>& days) {
    if (!complete()) return damaged("missing column");
    ByteReader te(part_of(Column::te, Encoding::delta));
    ByteReader offset(part_of(Column::ts_offset, Encoding::delta));
    std::int64_t te_before = 0;
    std::int64_t offset_before = 0;
    for (std::uint32_t i = 0; i < header_.rows; ++i) {
      const Day day = day_of(shifted(Time{Micros{te.delta(te_before)}}, offset.delta(offset_before)));
      if (te.failed() || offset.failed()) break;
      if (days.empty() || days.back() != day) days.push_back(day);
    }
    return te.finished() && offset.finished() ? ok() : damaged("times");
  }

  Status units(const std::function<bool(const UnitRef&)>& visit) {
    if (!complete()) return damaged("missing column");
    ByteReader in(part_of(Column::unit, Encoding::dictionary));
    for (const Entry& entry : read_entries(in, true))
      if (!visit({entry.first, entry.second})) return ok();
    return in.failed() || !trouble_.empty() ? Status(damaged("units")) : ok();
  }

 private:
  static Time shifted(Time from, std::int64_t by) {
    const auto sum = static_cast<std::uint64_t>(from.time_since_epoch().count()) + static_cast<std::uint64_t>(by);
    return Time{Micros{static_cast<std::int64_t>(sum)}};
  }

  bool has(Column column, Encoding encoding) const { return parts_.contains({column, encoding}); }

  /// The columns that every segment has are there, and those that come in twos are whole.
  bool complete() const {
    return has(Column::seq, Encoding::delta) && has(Column::type, Encoding::raw) && has(Column::te, Encoding::delta) &&
           has(Column::ts_offset, Encoding::delta) && has(Column::received, Encoding::delta) &&
           has(Column::unit, Encoding::dictionary) &&
           has(Column::value, Encoding::bitmap) == has(Column::value, Encoding::raw);
  }

  std::string_view part_of(Column column, Encoding encoding) const {
    const auto found = parts_.find({column, encoding});
    return found == parts_.end() ? std::string_view{} : found->second;
  }

  /// Calls `read` with the part, if the segment has it; `read` must use all of it.
  template <class Read>
  void with(Column column, Encoding encoding, std::string_view name, Read read) {
    const auto found = parts_.find({column, encoding});
    if (found == parts_.end() || !trouble_.empty()) return;
    ++taken_;
    ByteReader in(found->second);
    read(in);
    if (!in.finished()) trouble_ = name;
  }

  template <class Set>
  void read_deltas(Column column, Set set) {
    with(column, Encoding::delta, "numbers", [&](ByteReader& in) {
      std::int64_t before = 0;
      for (StoredEvent& row : events_) set(row, in.delta(before));
    });
  }

  void read_order() {
    std::uint64_t next = 0;
    bool ascends = true;
    read_deltas(Column::seq, [&](StoredEvent& row, std::int64_t offset) {
      ascends = ascends && static_cast<std::uint64_t>(offset) >= next && offset >= 0;
      next = static_cast<std::uint64_t>(offset) + 1;
      row.seq = header_.first_seq + static_cast<std::uint64_t>(offset);
    });
    if (!ascends || events_.front().seq != header_.first_seq) trouble_ = "order of events";
    with(Column::type, Encoding::raw, "types", [&](ByteReader& in) {
      for (StoredEvent& row : events_) {
        const auto type = in.fixed<std::uint8_t>();
        if (type > static_cast<std::uint8_t>(EventType::traits)) trouble_ = "types";
        row.event.type = static_cast<EventType>(type);
      }
    });
  }

  void read_times() {
    read_deltas(Column::te, [](StoredEvent& row, std::int64_t at) { row.te = Time{Micros{at}}; });
    read_deltas(Column::ts_offset, [](StoredEvent& row, std::int64_t by) { row.event.ts = shifted(row.te, by); });
    read_deltas(Column::received, [](StoredEvent& row, std::int64_t at) { row.received = Time{Micros{at}}; });
  }

  template <class Set>
  void read_texts(Column column, Set set) {
    with(column, Encoding::raw, "texts", [&](ByteReader& in) {
      ByteReader sizes = in;
      for (std::size_t i = 0; i < events_.size(); ++i) in.varint();
      for (StoredEvent& row : events_) set(row, in.text(sizes.varint()));
    });
  }

  struct Entry {
    std::string_view first;
    std::string_view second;
  };

  std::vector<Entry> read_entries(ByteReader& in, bool pairs) {
    const std::uint64_t count = in.varint();
    if (count > in.left()) {
      trouble_ = "dictionary";
      return {};
    }
    std::vector<Entry> entries(static_cast<std::size_t>(count));
    ByteReader sizes = in;
    for (std::uint64_t i = 0; i < count * (pairs ? 2U : 1U); ++i) in.varint();
    for (Entry& entry : entries) {
      entry.first = in.text(sizes.varint());
      if (pairs) entry.second = in.text(sizes.varint());
    }
    return entries;
  }

  Entry read_index(ByteReader& in, const std::vector<Entry>& entries) {
    const std::uint64_t index = in.varint();
    if (index < entries.size()) return entries[static_cast<std::size_t>(index)];
    trouble_ = "dictionary";
    return {};
  }

  template <class Set>
  void read_dictionary(Column column, Set set) {
    with(column, Encoding::dictionary, "dictionary", [&](ByteReader& in) {
      const auto entries = read_entries(in, false);
      for (StoredEvent& row : events_) set(row, read_index(in, entries).first);
    });
  }

  void read_units() {
    with(Column::unit, Encoding::dictionary, "units", [&](ByteReader& in) {
      const auto entries = read_entries(in, true);
      const auto next = [&] {
        const Entry entry = read_index(in, entries);
        return UnitRef{entry.first, entry.second};
      };
      for (StoredEvent& row : events_) row.event.unit = next();
      for (StoredEvent& row : events_) {
        if (row.event.type == EventType::link) row.event.to = next();
      }
    });
  }

  void read_exposures() {
    with(Column::exposure, Encoding::dictionary, "exposures", [&](ByteReader& in) {
      const auto entries = read_entries(in, true);
      for (StoredEvent& row : events_) {
        const Entry entry = read_index(in, entries);
        row.event.experiment = entry.first;
        row.event.variant = entry.second;
      }
    });
    read_deltas(Column::exposure, [](StoredEvent& row, std::int64_t version) {
      row.event.config_version = static_cast<std::uint64_t>(version);
    });
  }

  void read_channels() {
    with(Column::channel, Encoding::dictionary, "channels", [&](ByteReader& in) {
      const auto entries = read_entries(in, true);
      for (StoredEvent& row : events_) {
        const Entry entry = read_index(in, entries);
        row.event.channel = entry.first;
        row.event.touchpoint = entry.second;
      }
    });
  }

  void read_values() {
    const std::string_view present = part_of(Column::value, Encoding::bitmap);
    with(Column::value, Encoding::bitmap, "values", [&](ByteReader& in) { in.text((events_.size() + 7) / 8); });
    with(Column::value, Encoding::raw, "values", [&](ByteReader& in) {
      if (present.size() != (events_.size() + 7) / 8) trouble_ = "values";
      for (std::size_t i = 0; i < events_.size() && trouble_.empty(); ++i) {
        if (((static_cast<unsigned char>(present[i / 8]) >> (i % 8)) & 1U) == 0) continue;
        const auto value = std::bit_cast<double>(in.fixed<std::uint64_t>());
        if (!std::isfinite(value)) trouble_ = "values";
        events_[i].event.value = value;
      }
    });
  }

  const Header& header_;
  Parts parts_;
  std::span<StoredEvent> events_;
  std::size_t taken_ = 0;
  std::string_view trouble_;
};

/// What all readings share: header, directory, data.
template <class Read>
Status read_columns(std::string_view body, assign::TextArena& text, Header& header, Read read) {
  auto head = read_header(body);
  if (!head) return head.error();
  header = *head;
  const auto directory = read_directory(header, body);
  if (!directory) return directory.error();
  const auto data = read_data(header, directory->data_size, body, text);
  if (!data) return data.error();
  auto parts = cut(*directory, *data);
  if (!parts) return parts.error();
  Decoder decoder(header, std::move(*parts));
  return read(decoder);
}

}  // namespace

Result<std::vector<Day>> days_of(std::string_view body) {
  assign::TextArena text;
  Header header;
  std::vector<Day> days;
  const Status read = read_columns(body, text, header, [&](Decoder& decoder) { return decoder.days(days); });
  if (!read) return read.error();
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

Status for_each_unit(std::string_view body, const std::function<bool(const UnitRef&)>& visit) {
  assign::TextArena text;
  Header header;
  return read_columns(body, text, header, [&](Decoder& decoder) { return decoder.units(visit); });
}

}  // namespace segment

Result<Segment> decode_segment(std::string_view body) {
  using namespace segment;
  Segment out;
  Header header;
  const Status read =
      read_columns(body, out.batch.text, header, [&](Decoder& decoder) { return decoder.decode(out.batch.events); });
  if (!read) return read.error();
  out.environment = header.environment;
  return out;
}

}  // namespace touchstone::storage
