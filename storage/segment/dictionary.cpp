#include "storage/segment/dictionary.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <numeric>

#include <sodium.h>

namespace touchstone::storage::segment {
namespace {

using HashKey = std::array<unsigned char, crypto_shorthash_KEYBYTES>;

/// Drawn anew in each process: senders cannot know which ids would meet in the table.
const HashKey& hash_key() {
  static const HashKey key = [] {
    HashKey drawn{};
    crypto_shorthash_keygen(drawn.data());
    return drawn;
  }();
  return key;
}

std::uint64_t hash_of(std::string_view text) {
  std::array<unsigned char, crypto_shorthash_BYTES> bytes{};
  crypto_shorthash(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash_key().data());
  return std::bit_cast<std::uint64_t>(bytes);
}

std::uint32_t hash_of(TextPair text) {
  const std::uint64_t first = text.first.empty() ? 0 : hash_of(text.first);
  const std::uint64_t second = text.second.empty() ? 0 : hash_of(text.second);
  return static_cast<std::uint32_t>((first ^ std::rotl(second, 17)) >> 32U);
}

}  // namespace

Dictionary::Dictionary(std::size_t expected) : table_(64) { rows_.reserve(expected); }

void Dictionary::add(TextPair text) {
  const bool repeats = !rows_.empty() && entries_[rows_.back()] == text;
  rows_.push_back(repeats ? rows_.back() : find_or_add(text));
}

bool Dictionary::says_nothing() const noexcept { return entries_.size() == 1 && entries_.front() == TextPair{}; }

std::uint32_t Dictionary::find_or_add(TextPair text) {
  const std::uint32_t hash = hash_of(text);
  const std::size_t mask = table_.size() - 1;
  std::size_t slot = hash & mask;
  for (; table_[slot] != 0; slot = (slot + 1) & mask) {
    const std::uint32_t entry = table_[slot] - 1;
    if (hashes_[entry] == hash && entries_[entry] == text) return entry;
  }
  entries_.push_back(text);
  hashes_.push_back(hash);
  const auto added = static_cast<std::uint32_t>(entries_.size());
  table_[slot] = added;
  if (2 * entries_.size() > table_.size()) grow();
  return added - 1;
}

void Dictionary::grow() {
  table_.assign(table_.size() * 4, 0);
  const std::size_t mask = table_.size() - 1;
  for (std::uint32_t entry = 0; entry < entries_.size(); ++entry) {
    std::size_t slot = hashes_[entry] & mask;
    while (table_[slot] != 0) slot = (slot + 1) & mask;
    table_[slot] = entry + 1;
  }
}

void Dictionary::write(ByteWriter& out, Width width) const {
  std::vector<std::uint32_t> order(entries_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return entries_[a] < entries_[b]; });
  const bool pairs = width == Width::pair;
  out.varint(order.size());
  for (const auto entry : order) {
    out.varint(entries_[entry].first.size());
    if (pairs) out.varint(entries_[entry].second.size());
  }
  for (const auto entry : order) {
    out.text(entries_[entry].first);
    if (pairs) out.text(entries_[entry].second);
  }
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  for (const auto row : rows_) out.varint(place[row]);
}

}  // namespace touchstone::storage::segment
