#include "storage/fingerprint.hpp"

#include <bit>
#include <cstring>

#include <sodium.h>

namespace touchstone::storage {
namespace {

static_assert(std::endian::native == std::endian::little, "fingerprints are taken over little-endian numbers");

/// What the bytes are that follow, so that no item can pass for a name.
constexpr char kItem = 'i';
constexpr char kName = 'n';
constexpr char kStored = 's';
constexpr char kUnit = 'u';

/// Writes into room that is there.
class Bytes {
 public:
  explicit Bytes(char* at) noexcept : at_(at) {}

  template <class T>
  void number(const T& number) noexcept {
    std::memcpy(at_, &number, sizeof number);
    at_ += sizeof number;
  }
  void bare(std::string_view text) noexcept {
    if (!text.empty()) std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void text(std::string_view text) noexcept {
    number(static_cast<std::uint32_t>(text.size()));
    bare(text);
  }

 private:
  char* at_;
};

std::array<std::string_view, 11> texts_of(const Event& event) noexcept {
  return {event.id,      event.unit.type, event.unit.id,    event.name,    event.experiment, event.variant,
          event.to.type, event.to.id,     event.attributes, event.channel, event.touchpoint};
}

constexpr std::size_t kNumbersOfItem = 1 + 8 + 8 + 1 + 8;

std::size_t item_size(const Event& event) noexcept {
  std::size_t size = kNumbersOfItem;
  for (const std::string_view text : texts_of(event)) size += 4 + text.size();
  return size;
}

void write_item(Bytes& out, const Event& event) noexcept {
  out.number(event.type);
  out.number(event.ts.time_since_epoch().count());
  out.number(event.config_version);
  out.number(event.value.has_value());
  out.number(std::bit_cast<std::uint64_t>(event.value.value_or(0.0)));
  for (const std::string_view text : texts_of(event)) out.text(text);
}

}  // namespace

std::array<unsigned char, 16> bytes_of(const Fingerprint& fingerprint) noexcept {
  std::array<unsigned char, 16> bytes{};
  for (unsigned i = 0; i < 8; ++i) {
    bytes[i] = static_cast<unsigned char>(fingerprint.high >> (56U - 8U * i));
    bytes[8 + i] = static_cast<unsigned char>(fingerprint.low >> (56U - 8U * i));
  }
  return bytes;
}

Fingerprint fingerprint_of(std::string_view bytes) noexcept {
  Fingerprint fingerprint;
  if (bytes.size() != 16) return fingerprint;
  for (unsigned i = 0; i < 8; ++i) {
    fingerprint.high = fingerprint.high << 8U | static_cast<unsigned char>(bytes[i]);
    fingerprint.low = fingerprint.low << 8U | static_cast<unsigned char>(bytes[8 + i]);
  }
  return fingerprint;
}

template <class Write>
Fingerprint Fingerprinter::hash(char kind, std::size_t size, const Write& write) {
  if (scratch_.size() < size + 1) scratch_.resize(size + 1);
  Bytes out(scratch_.data());
  out.number(kind);
  write(out);
  std::array<unsigned char, crypto_shorthash_siphashx24_BYTES> bytes{};
  crypto_shorthash_siphashx24(bytes.data(), reinterpret_cast<const unsigned char*>(scratch_.data()), size + 1,
                              key_.data());
  return std::bit_cast<Fingerprint>(bytes);
}

Identity Fingerprinter::identify(std::uint32_t environment, const Event& event) {
  const Fingerprint item = hash(kItem, sizeof environment + item_size(event), [&](Bytes& out) {
    out.number(environment);
    write_item(out, event);
  });
  if (event.id.empty()) return {item, item.high};
  const auto day = static_cast<std::int32_t>(day_of(event.ts).time_since_epoch().count());
  return {hash(kName, sizeof environment + sizeof day + event.id.size(),
               [&](Bytes& out) {
                 out.number(environment);
                 out.number(day);
                 out.bare(event.id);
               }),
          item.high};
}

Fingerprint Fingerprinter::fingerprint(const StoredEvent& stored) {
  const std::int64_t te = stored.te.time_since_epoch().count();
  return hash(kStored, sizeof te + item_size(stored.event), [&](Bytes& out) {
    out.number(te);
    write_item(out, stored.event);
  });
}

Fingerprint Fingerprinter::unit(std::uint32_t environment, const UnitRef& unit) {
  return hash(kUnit, sizeof environment + 4 + unit.type.size() + 4 + unit.id.size(), [&](Bytes& out) {
    out.number(environment);
    out.text(unit.type);
    out.text(unit.id);
  });
}

}  // namespace touchstone::storage
