#include "service/api/attempts.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <arpa/inet.h>

namespace touchstone::api {

namespace {

std::string small(std::string_view text) {
  std::string all(text.substr(0, 254));
  for (char& c : all)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return all;
}

/// Whoever has an IPv6 address has all of its /64.
std::string network_of(std::string_view address) {
  std::string text(address);
  std::array<char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  return {bytes.data(), 8};
}

std::chrono::seconds wait_after(std::uint32_t failures, const Attempts::Terms& terms) {
  if (failures < terms.free) return std::chrono::seconds(0);
  const auto doubled = std::min(failures - terms.free, 20U);
  return std::min(terms.longest, std::chrono::seconds(std::int64_t{1} << doubled));
}

}  // namespace

std::optional<std::chrono::seconds> Attempts::wait(std::string_view who, std::string_view where, Time now) {
  const std::lock_guard lock(guarding_);
  const auto end = std::max(until(accounts_, small(who)), until(addresses_, network_of(where)));
  if (end <= now) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(end - now);
}

void Attempts::failed(std::string_view who, std::string_view where, Time now) {
  const std::lock_guard lock(guarding_);
  note(accounts_, small(who), account, now);
  note(addresses_, network_of(where), address, now);
}

void Attempts::succeeded(std::string_view who) {
  const std::lock_guard lock(guarding_);
  accounts_.erase(small(who));
}

void Attempts::note(Table& table, std::string key, const Terms& terms, Time now) {
  std::erase_if(table, [now](const auto& entry) { return entry.second.last + forgotten <= now; });
  if (table.size() >= most && !table.contains(key))
    table.erase(std::ranges::min_element(table, {}, [](const auto& entry) { return entry.second.last; }));
  auto& failures = table[std::move(key)];
  ++failures.count;
  failures.last = now;
  failures.until = now + wait_after(failures.count, terms);
}

Time Attempts::until(const Table& table, std::string_view key) {
  const auto found = table.find(key);
  return found == table.end() ? Time{} : found->second.until;
}

}  // namespace touchstone::api
