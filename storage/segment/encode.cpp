#include <algorithm>
#include <bit>

#include <zlib.h>

#include "storage/segment.hpp"
#include "storage/segment/byte_writer.hpp"
#include "storage/segment/dictionary.hpp"
#include "storage/segment/layout.hpp"

namespace touchstone::storage {
namespace segment {
namespace {

using Events = std::span<const StoredEvent>;

/// Collects columns behind a directory of them.
class Columns {
 public:
  /// Starts a part; it lasts until the next one or the directory.
  ByteWriter& part(Column column, Encoding encoding) {
    end_part();
    parts_.push_back({column, encoding, data_.size(), 0});
    return data_;
  }

  [[nodiscard]] std::size_t count() const noexcept { return parts_.size(); }

  void write_directory(ByteWriter& out) {
    end_part();
    for (const Part& part : parts_) {
      out.fixed(static_cast<std::uint16_t>(part.column));
      out.fixed(static_cast<std::uint16_t>(part.encoding));
      out.fixed(static_cast<std::uint32_t>(part.offset));
      out.fixed(static_cast<std::uint32_t>(part.length));
    }
  }

  [[nodiscard]] std::string_view data() const noexcept { return data_.view(); }

 private:
  struct Part {
    Column column;
    Encoding encoding;
    std::size_t offset;
    std::size_t length;
  };

  void end_part() {
    if (!parts_.empty()) parts_.back().length = data_.size() - parts_.back().offset;
  }

  std::vector<Part> parts_;
  ByteWriter data_;
};

std::int64_t micros(Time time) { return time.time_since_epoch().count(); }

/// The difference of two instants, wrapping where it would not fit.
std::int64_t apart(Time from, Time to) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(micros(to)) - static_cast<std::uint64_t>(micros(from)));
}

template <class Number>
void write_deltas(ByteWriter& out, Events events, Number number) {
  std::int64_t before = 0;
  for (const StoredEvent& row : events) out.delta(static_cast<std::int64_t>(number(row)), before);
}

template <class Number>
void write_deltas_unless_zero(Columns& columns, Column column, Events events, Number number) {
  const auto zero = [&](const StoredEvent& row) { return number(row) == 0; };
  if (!std::all_of(events.begin(), events.end(), zero)) {
    write_deltas(columns.part(column, Encoding::delta), events, number);
  }
}

template <class Text>
void write_texts(ByteWriter& out, Events events, Text text) {
  for (const StoredEvent& row : events) out.varint(text(row).size());
  for (const StoredEvent& row : events) out.text(text(row));
}

template <class Text>
void write_dictionary(Columns& columns, Column column, Dictionary::Width width, Events events, Text text) {
  Dictionary dictionary(events.size());
  for (const StoredEvent& row : events) dictionary.add(text(row));
  if (!dictionary.says_nothing()) dictionary.write(columns.part(column, Encoding::dictionary), width);
}

void write_order_and_times(Columns& columns, Events events) {
  const std::uint64_t first = events.front().seq;
  write_deltas(columns.part(Column::seq, Encoding::delta), events, [&](const auto& row) { return row.seq - first; });
  ByteWriter& types = columns.part(Column::type, Encoding::raw);
  for (const StoredEvent& row : events) types.fixed(static_cast<std::uint8_t>(row.event.type));
  write_deltas(columns.part(Column::te, Encoding::delta), events, [](const auto& row) { return micros(row.te); });
  write_deltas(columns.part(Column::ts_offset, Encoding::delta), events,
               [](const auto& row) { return apart(row.te, row.event.ts); });
  write_deltas(columns.part(Column::received, Encoding::delta), events,
               [](const auto& row) { return micros(row.received); });
}

void write_ids(Columns& columns, Events events) {
  const auto id = [](const StoredEvent& row) { return row.event.id; };
  const bool any = std::any_of(events.begin(), events.end(), [](const auto& row) { return !row.event.id.empty(); });
  if (any) write_texts(columns.part(Column::id, Encoding::raw), events, id);
}

void write_units(Columns& columns, Events events) {
  Dictionary units(events.size());
  for (const StoredEvent& row : events) units.add({row.event.unit.type, row.event.unit.id});
  for (const StoredEvent& row : events) {
    if (row.event.type == EventType::link) units.add({row.event.to.type, row.event.to.id});
  }
  units.write(columns.part(Column::unit, Encoding::dictionary), Dictionary::Width::pair);
}

void write_exposures(Columns& columns, Events events) {
  write_dictionary(columns, Column::exposure, Dictionary::Width::pair, events, [](const auto& row) {
    return TextPair{row.event.experiment, row.event.variant};
  });
  write_deltas_unless_zero(columns, Column::exposure, events, [](const auto& row) { return row.event.config_version; });
}

void write_values(Columns& columns, Events events) {
  const auto has_value = [](const StoredEvent& row) { return row.event.value.has_value(); };
  if (std::none_of(events.begin(), events.end(), has_value)) return;
  ByteWriter& present = columns.part(Column::value, Encoding::bitmap);
  for (std::size_t start = 0; start < events.size(); start += 8) {
    unsigned bits = 0;
    for (std::size_t i = start; i < std::min(start + 8, events.size()); ++i) {
      bits |= static_cast<unsigned>(has_value(events[i])) << (i - start);
    }
    present.fixed(static_cast<std::uint8_t>(bits));
  }
  ByteWriter& values = columns.part(Column::value, Encoding::raw);
  for (const StoredEvent& row : events) {
    if (row.event.value) values.fixed(std::bit_cast<std::uint64_t>(*row.event.value));
  }
}

void write_attributes(Columns& columns, Events events) {
  Dictionary dictionary(events.size());
  for (const StoredEvent& row : events) dictionary.add(row.event.attributes);
  if (dictionary.says_nothing()) return;
  if (2 * dictionary.distinct() <= events.size()) {
    dictionary.write(columns.part(Column::attributes, Encoding::dictionary), Dictionary::Width::text);
  } else {
    write_texts(columns.part(Column::attributes, Encoding::raw), events,
                [](const auto& row) { return row.event.attributes; });
  }
}

std::string deflated(std::string_view plain) {
  uLongf size = compressBound(plain.size());
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(plain.data()), plain.size(), 6);
  out.resize(size);
  return out;
}

}  // namespace
}  // namespace segment

std::string encode_segment(std::uint32_t environment, std::span<const StoredEvent> events, SegmentCodec codec) {
  using namespace segment;
  Columns columns;
  write_order_and_times(columns, events);
  write_ids(columns, events);
  write_units(columns, events);
  write_dictionary(columns, Column::name, Dictionary::Width::text, events,
                   [](const auto& row) { return row.event.name; });
  write_exposures(columns, events);
  write_values(columns, events);
  write_attributes(columns, events);
  write_dictionary(columns, Column::channel, Dictionary::Width::pair, events, [](const auto& row) {
    return TextPair{row.event.channel, row.event.touchpoint};
  });
  write_deltas_unless_zero(columns, Column::key, events, [](const auto& row) { return row.key; });

  ByteWriter body;
  body.reserve(kHeaderSize + columns.count() * kDirectoryEntrySize + columns.data().size());
  body.text(kMagic);
  body.fixed(kFormat);
  body.fixed(std::uint16_t{0});
  body.fixed(environment);
  body.fixed(events.front().seq);
  body.fixed(static_cast<std::uint32_t>(events.size()));
  body.fixed(static_cast<std::uint16_t>(columns.count()));
  body.fixed(static_cast<std::uint16_t>(codec));
  columns.write_directory(body);
  if (codec == SegmentCodec::zlib) {
    body.text(deflated(columns.data()));
  } else {
    body.text(columns.data());
  }
  return body.take();
}

std::uint32_t segment_checksum(std::string_view body) noexcept {
  return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(body.data()), body.size()));
}

}  // namespace touchstone::storage
