#include "storage/segment/dictionary.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <optional>
#include <span>

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

/// The part of each entry that alone decides the order, where one does.
using Part = std::string_view TextPair::*;
std::optional<Part> deciding(std::span<const TextPair> entries) {
  const auto all_have_one = [entries](Part part) {
    return std::ranges::adjacent_find(entries, std::ranges::not_equal_to(), part) == entries.end();
  };
  if (all_have_one(&TextPair::first)) return &TextPair::second;
  if (all_have_one(&TextPair::second)) return &TextPair::first;
  return std::nullopt;
}

/// How many bytes all begin with.
std::size_t alike(std::span<const TextPair> entries, Part part) {
  std::string_view start = entries.empty() ? std::string_view() : entries.front().*part;
  for (const TextPair& entry : entries)
    start = start.substr(0, static_cast<std::size_t>(std::ranges::mismatch(start, entry.*part).in1 - start.begin()));
  return start.size();
}

/// Of two texts the one with the larger number is the larger one.
std::uint64_t eight_bytes(std::string_view text) {
  std::array<unsigned char, 8> bytes{};
  std::ranges::copy(text.substr(0, bytes.size()), bytes.begin());
  std::uint64_t number = 0;
  for (const unsigned char byte : bytes) number = number << 8U | byte;
  return number;
}

struct Place {
  std::uint64_t number = 0;
  std::uint32_t entry = 0;
};

/// Entries mostly begin alike and differ in the few bytes after that, which are compared as one number.
std::vector<Place> places(std::span<const TextPair> entries) {
  std::vector<Place> all(entries.size());
  for (std::uint32_t i = 0; i < entries.size(); ++i) all[i].entry = i;
  const auto part = deciding(entries);
  if (!part) return all;
  const std::size_t start = alike(entries, *part);
  for (Place& place : all) place.number = eight_bytes((entries[place.entry].**part).substr(start));
  return all;
}

std::vector<std::uint32_t> in_byte_order(std::span<const TextPair> entries) {
  std::vector<Place> all = places(entries);
  std::ranges::sort(all, [&](const Place& a, const Place& b) {
    return a.number != b.number ? a.number < b.number : entries[a.entry] < entries[b.entry];
  });
  std::vector<std::uint32_t> order(all.size());
  std::ranges::transform(all, order.begin(), &Place::entry);
  return order;
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
  const std::vector<std::uint32_t> order = in_byte_order(entries_);
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
