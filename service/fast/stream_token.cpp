#include "service/fast/stream_token.hpp"

#include <array>
#include <chrono>

namespace touchstone::fast {

namespace {

constexpr std::size_t kLeaveBytes = 4 + 8;  // environment, seconds since 1970
constexpr std::chrono::days kLife{31};

}  // namespace

std::string write_stream_token(const SigningKey& key, const StreamLeave& leave) {
  const auto until = std::chrono::floor<std::chrono::seconds>(leave.expires).time_since_epoch().count();
  std::string bytes;
  append_number(bytes, leave.environment, 4);
  append_number(bytes, static_cast<std::uint64_t>(until), 8);
  return sign(key, std::move(bytes));
}

std::string stream_token(const SigningKey& key, std::uint32_t environment, assign::Instant now) {
  return write_stream_token(key, {environment, std::chrono::floor<std::chrono::days>(now) + kLife});
}

std::optional<StreamLeave> read_stream_token(const SigningKey& key, assign::Instant now,
                                             std::string_view token) noexcept {
  std::array<unsigned char, kLeaveBytes + kSignatureBytes> room;
  const auto bytes = verified(key, token, room);
  if (!bytes || bytes->size() != kLeaveBytes) return std::nullopt;
  const StreamLeave leave{static_cast<std::uint32_t>(number_at(*bytes, 0, 4)),
                          assign::Instant(std::chrono::seconds(number_at(*bytes, 4, 8)))};
  return now < leave.expires ? std::optional(leave) : std::nullopt;
}

}  // namespace touchstone::fast
