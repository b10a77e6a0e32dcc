#include "storage/event_set.hpp"

#include <bit>
#include <cstring>

#include <sodium.h>

namespace touchstone::storage {

void EventSet::add(const Fingerprint& event) noexcept {
  sum_ += std::bit_cast<Sum>(event);
  ++count_;
}

void EventSet::add(const EventSet& others) noexcept {
  sum_ += others.sum_;
  count_ += others.count_;
}

void EventSet::remove(const EventSet& members) noexcept {
  sum_ -= members.sum_;
  count_ -= members.count_;
}

std::array<unsigned char, EventSet::kBytes> EventSet::raw() const noexcept {
  std::array<unsigned char, kBytes> bytes{};
  static_assert(sizeof sum_ + sizeof count_ == kBytes);
  std::memcpy(bytes.data(), &sum_, sizeof sum_);
  std::memcpy(bytes.data() + sizeof sum_, &count_, sizeof count_);
  return bytes;
}

std::string EventSet::bytes() const {
  const auto bytes = raw();
  return {bytes.begin(), bytes.end()};
}

EventSet EventSet::of(std::string_view bytes) noexcept {
  EventSet set;
  if (bytes.size() != kBytes) return set;
  std::memcpy(&set.sum_, bytes.data(), sizeof set.sum_);
  std::memcpy(&set.count_, bytes.data() + sizeof set.sum_, sizeof set.count_);
  return set;
}

std::array<unsigned char, 32> EventSet::digest() const noexcept {
  const auto bytes = raw();
  std::array<unsigned char, 32> digest{};
  crypto_generichash(digest.data(), digest.size(), bytes.data(), bytes.size(), nullptr, 0);
  return digest;
}

FingerprintKey event_set_key(const FingerprintKey& secret) noexcept {
  static_assert(std::tuple_size_v<FingerprintKey> >= crypto_generichash_BYTES_MIN);
  constexpr std::string_view purpose = "event set";
  FingerprintKey key{};
  crypto_generichash(key.data(), key.size(), reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(),
                     secret.data(), secret.size());
  return key;
}

}  // namespace touchstone::storage
