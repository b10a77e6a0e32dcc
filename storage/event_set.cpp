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

std::array<unsigned char, 32> EventSet::digest() const noexcept {
  std::array<unsigned char, sizeof sum_ + sizeof count_> bytes{};
  std::memcpy(bytes.data(), &sum_, sizeof sum_);
  std::memcpy(bytes.data() + sizeof sum_, &count_, sizeof count_);
  std::array<unsigned char, 32> digest{};
  crypto_generichash(digest.data(), digest.size(), bytes.data(), bytes.size(), nullptr, 0);
  return digest;
}

}  // namespace touchstone::storage
