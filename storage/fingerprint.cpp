#include "storage/fingerprint.hpp"

#include <bit>

#include <sodium.h>

namespace touchstone::storage {
namespace {

static_assert(std::endian::native == std::endian::little, "fingerprints are taken over little-endian numbers");

/// What the bytes are that follow, so that no item can pass for a name.
constexpr std::string_view kItem = "i";
constexpr std::string_view kName = "n";
constexpr std::string_view kStored = "s";
constexpr std::string_view kUnit = "u";

template <class T>
void append(std::string& out, const T& number) {
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void append_text(std::string& out, std::string_view text) {
  append(out, static_cast<std::uint32_t>(text.size()));
  out.append(text);
}

void append_item(std::string& out, const Event& event) {
  append(out, event.type);
  append(out, event.ts.time_since_epoch().count());
  append(out, event.config_version);
  append(out, event.value.has_value());
  append(out, std::bit_cast<std::uint64_t>(event.value.value_or(0.0)));
  for (const std::string_view text :
       {event.id, event.unit.type, event.unit.id, event.name, event.experiment, event.variant, event.to.type,
        event.to.id, event.attributes, event.channel, event.touchpoint}) {
    append_text(out, text);
  }
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

Identity Fingerprinter::identify(std::uint32_t environment, const Event& event) {
  scratch_ = kItem;
  append(scratch_, environment);
  append_item(scratch_, event);
  const Fingerprint item = hash();
  if (event.id.empty()) return {item, item.high};
  scratch_ = kName;
  append(scratch_, environment);
  append(scratch_, static_cast<std::int32_t>(day_of(event.ts).time_since_epoch().count()));
  scratch_.append(event.id);
  return {hash(), item.high};
}

Fingerprint Fingerprinter::fingerprint(const StoredEvent& stored) {
  scratch_ = kStored;
  append(scratch_, stored.te.time_since_epoch().count());
  append_item(scratch_, stored.event);
  return hash();
}

Fingerprint Fingerprinter::unit(std::uint32_t environment, const UnitRef& unit) {
  scratch_ = kUnit;
  append(scratch_, environment);
  append_text(scratch_, unit.type);
  append_text(scratch_, unit.id);
  return hash();
}

Fingerprint Fingerprinter::hash() const {
  std::array<unsigned char, crypto_shorthash_siphashx24_BYTES> bytes{};
  crypto_shorthash_siphashx24(bytes.data(), reinterpret_cast<const unsigned char*>(scratch_.data()), scratch_.size(),
                              key_.data());
  return std::bit_cast<Fingerprint>(bytes);
}

}  // namespace touchstone::storage
