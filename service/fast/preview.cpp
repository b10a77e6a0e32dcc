#include "service/fast/preview.hpp"

#include <chrono>
#include <cstddef>
#include <utility>

namespace touchstone::fast {

namespace {

// environment (4 bytes) | seconds since 1970 (8) | experiment 0x1F variant
constexpr std::size_t kHead = 4 + 8;
constexpr char kSeparator = '\x1F';

std::int64_t seconds(assign::Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

Error refused(std::string message) {
  return {ErrorCode::invalid, std::move(message), "/preview", "Make a new one with POST /v1/preview-links."};
}

}  // namespace

std::string write_preview(const SigningKey& key, const Preview& preview) {
  std::string bytes;
  append_number(bytes, preview.environment, 4);
  append_number(bytes, static_cast<std::uint64_t>(seconds(preview.expires)), 8);
  bytes.append(preview.experiment).append(1, kSeparator).append(preview.variant);
  return sign(key, std::move(bytes));
}

Status PreviewToken::read(const SigningKey& key, std::uint32_t environment, assign::Instant now,
                          std::string_view token) {
  const auto bytes = verified(key, token, bytes_);
  if (!bytes || bytes->size() < kHead) return refused("this preview was not made here");
  const std::string_view text(reinterpret_cast<const char*>(bytes->data()) + kHead, bytes->size() - kHead);
  const auto middle = text.find(kSeparator);
  if (number_at(*bytes, 0, 4) != environment || middle == std::string_view::npos)
    return refused("this preview is of another environment");
  preview_.environment = environment;
  preview_.expires = assign::Instant(std::chrono::seconds(number_at(*bytes, 4, 8)));
  preview_.experiment = text.substr(0, middle);
  preview_.variant = text.substr(middle + 1);
  forced_ = {preview_.experiment, preview_.variant};
  return now < preview_.expires ? ok() : Status(refused("this preview has expired"));
}

}  // namespace touchstone::fast
