#include "service/fast/key_table.hpp"

#include <algorithm>
#include <utility>

#include <sodium.h>

namespace touchstone::fast {

namespace {

constexpr std::array<std::string_view, 4> kNames{"client", "sdk", "server", "admin"};

bool same(const KeyHash& a, const KeyHash& b) noexcept { return sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

}  // namespace

std::string_view name_of(KeyKind kind) noexcept { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<KeyKind> key_kind_named(std::string_view name) noexcept {
  const auto* found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<KeyKind>(found - kNames.begin());
}

KeyHash hash_of_key(std::string_view key) noexcept {
  KeyHash hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
  return hash;
}

KeyTable::KeyTable(std::vector<Entry> entries) : entries_(std::move(entries)) {
  std::ranges::sort(entries_, {}, &Entry::hash);
}

std::optional<Caller> KeyTable::find(std::string_view key) const noexcept {
  return key.empty() ? std::nullopt : find(hash_of_key(key));
}

std::optional<Caller> KeyTable::find(const KeyHash& hash) const noexcept {
  const auto at = std::ranges::lower_bound(entries_, hash, {}, &Entry::hash);
  if (at == entries_.end() || !same(at->hash, hash)) return std::nullopt;
  return at->caller;
}

std::string_view bearer_token(std::string_view authorization) noexcept {
  constexpr std::string_view scheme = "bearer ";
  if (authorization.size() <= scheme.size()) return {};
  for (std::size_t i = 0; i < scheme.size(); ++i)
    if ((authorization[i] | 0x20) != scheme[i]) return {};
  return authorization.substr(scheme.size());
}

}  // namespace touchstone::fast
