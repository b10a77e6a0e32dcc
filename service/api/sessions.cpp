#include "service/api/sessions.hpp"

#include <algorithm>

#include "service/app/salt.hpp"

namespace touchstone::api {

namespace {

constexpr std::string_view kName = "touchstone_session";

/// The value of our cookie among those of a Cookie header.
std::string_view token_in(std::string_view header) {
  while (!header.empty()) {
    const auto end = std::min(header.find(';'), header.size());
    auto pair = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
    if (pair.starts_with(kName) && pair.substr(kName.size()).starts_with('=')) return pair.substr(kName.size() + 1);
  }
  return {};
}

}  // namespace

std::string Sessions::open(std::string_view key, Time now) {
  const auto token = app::new_secret();
  const std::lock_guard lock(guarding_);
  forget_expired(now);
  sessions_[fast::hash_of_key(token)] = {fast::hash_of_key(key), now + life};
  return std::string(kName) + "=" + token +
         "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(std::chrono::seconds(life).count()) +
         (secure_ ? "; Secure" : "");
}

std::optional<fast::Caller> Sessions::find(std::string_view cookie, const fast::KeyTable& keys, Time now) {
  const auto token = token_in(cookie);
  if (token.empty()) return std::nullopt;
  const std::lock_guard lock(guarding_);
  const auto found = sessions_.find(fast::hash_of_key(token));
  if (found == sessions_.end() || found->second.expires <= now) return std::nullopt;
  return keys.find(found->second.key);
}

void Sessions::forget_expired(Time now) {
  std::erase_if(sessions_, [now](const auto& session) { return session.second.expires <= now; });
}

}  // namespace touchstone::api
