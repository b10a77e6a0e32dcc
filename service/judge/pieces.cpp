#include "service/judge/pieces.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "storage/segment/byte_reader.hpp"
#include "storage/segment/byte_writer.hpp"

namespace touchstone::judge {

namespace {

using storage::segment::ByteReader;
using storage::segment::ByteWriter;

class PieceWriter {
 public:
  explicit PieceWriter(std::size_t most) : left_(most) {}

  /// Those from `at` up to `end`, as far as there is room: how many, then what `write` makes of each.
  template <class Write>
  void section(std::size_t& at, std::size_t end, const Write& write) {
    const std::size_t count = std::min(left_, end - at);
    left_ -= count;
    bytes_.varint(count);
    for (const std::size_t last = at + count; at < last; ++at) write(at);
  }

  void number(std::uint64_t value) { bytes_.varint(value); }
  void text(std::string_view text) {
    bytes_.varint(text.size());
    bytes_.text(text);
  }
  void time(Time time) { bytes_.delta(time.time_since_epoch().count(), time_); }
  /// Most events have none.
  void name_and_value(NameNumber name, double value) {
    const bool there = !std::isnan(value);
    bytes_.varint(std::uint64_t{name} << 1U | (there ? 1U : 0U));
    if (there) bytes_.fixed(std::bit_cast<std::uint64_t>(value));
  }

  [[nodiscard]] std::string take() { return bytes_.take(); }

 private:
  ByteWriter bytes_;
  std::size_t left_;
  std::int64_t time_ = 0;
};

class PieceReader {
 public:
  PieceReader(std::string_view piece, const Names& names, const Persons& persons)
      : bytes_(piece), names_(names), persons_(persons) {}

  template <class Read>
  void section(const Read& read) {
    for (auto count = bytes_.varint(); count > 0 && sound(); --count) read();
  }

  std::string_view text() { return bytes_.text(bytes_.varint()); }
  Time time() { return Time(Micros(bytes_.delta(time_))); }
  std::optional<Time> optional_time() { return bytes_.varint() == 0 ? std::nullopt : std::optional(time()); }
  NameNumber name() { return below(bytes_.varint(), names_.size()); }
  /// Nothing where it was forgotten.
  std::optional<UnitNumber> unit() {
    const std::uint64_t next = bytes_.varint();
    return next == 0 ? std::nullopt : std::optional(below(next - 1, persons_.units()));
  }
  std::pair<NameNumber, double> name_and_value() {
    const std::uint64_t both = bytes_.varint();
    const auto name = below(both >> 1U, names_.size());
    const bool there = (both & 1U) != 0;
    return {name,
            there ? std::bit_cast<double>(bytes_.fixed<std::uint64_t>()) : std::numeric_limits<double>::quiet_NaN()};
  }

  void insist(bool that) noexcept { fits_ = fits_ && that; }
  [[nodiscard]] bool sound() const noexcept { return fits_ && !bytes_.failed(); }
  [[nodiscard]] bool finished() const noexcept { return fits_ && bytes_.finished(); }

 private:
  std::uint32_t below(std::uint64_t number, std::size_t end) noexcept {
    insist(number < end);
    return number < end ? static_cast<std::uint32_t>(number) : 0;
  }

  ByteReader bytes_;
  const Names& names_;
  const Persons& persons_;
  std::int64_t time_ = 0;
  bool fits_ = true;
};

void write(PieceWriter& piece, const Persons& persons, UnitNumber unit) {
  const storage::UnitRef ref = persons.forgotten(unit) ? storage::UnitRef{} : persons.unit(unit);
  piece.text(ref.type);
  piece.text(ref.id);
}

/// Nothing else follows where the unit was forgotten.
bool write_number(PieceWriter& piece, const Persons& persons, UnitNumber unit) {
  const bool there = !persons.forgotten(unit);
  piece.number(there ? std::uint64_t{unit} + 1 : 0);
  return there;
}

void write(PieceWriter& piece, const Persons& persons, const Persons::HeardLink& heard) {
  if (!write_number(piece, persons, heard.from) || !write_number(piece, persons, heard.link.to)) return;
  piece.time(heard.link.te);
  piece.text(heard.link.id);
}

void write(PieceWriter& piece, const Persons& persons, const Timelines::Link<Exposure>& link) {
  if (!write_number(piece, persons, link.unit)) return;
  const Exposure& exposure = link.item;
  piece.time(exposure.te);
  piece.text(exposure.id.text());
  for (const NameNumber name : {exposure.experiment, exposure.variant, exposure.unit_type, exposure.attributes})
    piece.number(name);
}

void write(PieceWriter& piece, const Persons& persons, const Timelines::Link<Occurrence>& link) {
  if (!write_number(piece, persons, link.unit)) return;
  const Occurrence& occurrence = link.item;
  piece.time(occurrence.te);
  piece.name_and_value(occurrence.name, occurrence.value);
  piece.number(occurrence.properties);
}

void read_unit(PieceReader& piece, Persons& persons) {
  const storage::UnitRef unit{piece.text(), piece.text()};
  const auto next = static_cast<UnitNumber>(persons.units());
  if (unit.type.empty()) {
    persons.add_forgotten();
  } else {
    piece.insist(persons.number(unit) == next);
  }
}

void read_link(PieceReader& piece, Persons& persons) {
  const auto from = piece.unit();
  if (!from) return;
  const auto to = piece.unit();
  if (!to) return;
  const Time te = piece.time();
  const std::string_view id = piece.text();
  if (piece.sound()) persons.link(*from, {*to, te, id});
}

void read_exposure(PieceReader& piece, Names& names, Timelines& timelines) {
  const auto unit = piece.unit();
  if (!unit) return;
  const Exposure exposure{.te = piece.time(),
                          .id = names.keep(piece.text()),
                          .experiment = piece.name(),
                          .variant = piece.name(),
                          .unit_type = piece.name(),
                          .attributes = piece.name()};
  if (piece.sound()) timelines.append(*unit, exposure);
}

void read_occurrence(PieceReader& piece, Timelines& timelines) {
  const auto unit = piece.unit();
  if (!unit) return;
  const Time te = piece.time();
  const auto [name, value] = piece.name_and_value();
  const Occurrence occurrence{.te = te, .value = value, .name = name, .properties = piece.name()};
  if (piece.sound()) timelines.append(*unit, occurrence);
}

}  // namespace

Written extent_of(const Filled& view) {
  return {view.names.size(), view.persons.units(), view.persons.heard().size(), view.timelines.exposures().size(),
          view.timelines.occurrences().size()};
}

std::string next_piece(const Filled& view, Written& written, std::size_t most) {
  const auto& [names, persons, timelines, last_te] = view;
  const Written end = extent_of(view);
  PieceWriter piece(most);
  piece.number(last_te ? 1 : 0);
  if (last_te) piece.time(*last_te);
  piece.section(written.texts, end.texts, [&](std::size_t at) { piece.text(names.text(static_cast<NameNumber>(at))); });
  piece.section(written.units, end.units, [&](std::size_t at) { write(piece, persons, static_cast<UnitNumber>(at)); });
  piece.section(written.links, end.links, [&](std::size_t at) { write(piece, persons, persons.heard()[at]); });
  piece.section(written.exposures, end.exposures,
                [&](std::size_t at) { write(piece, persons, timelines.exposures()[at]); });
  piece.section(written.occurrences, end.occurrences,
                [&](std::size_t at) { write(piece, persons, timelines.occurrences()[at]); });
  return piece.take();
}

bool take_piece(std::string_view bytes, const Filled& view) {
  PieceReader piece(bytes, view.names, view.persons);
  view.last_te = piece.optional_time();
  piece.section([&] {
    const std::size_t next = view.names.size();
    piece.insist(view.names.number(piece.text()) == next);
  });
  piece.section([&] { read_unit(piece, view.persons); });
  piece.section([&] { read_link(piece, view.persons); });
  piece.section([&] { read_exposure(piece, view.names, view.timelines); });
  piece.section([&] { read_occurrence(piece, view.timelines); });
  return piece.finished();
}

}  // namespace touchstone::judge
