#include "service/fast/preview.hpp"

#include <chrono>
#include <cstddef>
#include <cstring>

#include <sodium.h>

namespace touchstone::fast {

namespace {

// environment (4 bytes) | seconds since 1970 (8) | experiment 0x1F variant | signature (32); numbers little-endian
constexpr std::size_t kHead = 4 + 8;
constexpr std::size_t kSignature = crypto_auth_BYTES;
constexpr char kSeparator = '\x1F';
constexpr int kForm = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

void append_number(std::string& bytes, std::uint64_t number, int size) {
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(number >> static_cast<unsigned>(8 * i));
}

std::uint64_t number_at(const unsigned char* bytes, int size) {
  std::uint64_t number = 0;
  for (int i = 0; i < size; ++i) number |= std::uint64_t{bytes[i]} << static_cast<unsigned>(8 * i);
  return number;
}

std::int64_t seconds(assign::Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

Error refused(std::string message) {
  return {ErrorCode::invalid, std::move(message), "/preview", "Make a new one with POST /v1/preview-links."};
}

}  // namespace

std::string write_preview(const PreviewKey& key, const Preview& preview) {
  static_assert(sizeof(PreviewKey) == crypto_auth_KEYBYTES);
  std::string bytes;
  append_number(bytes, preview.environment, 4);
  append_number(bytes, static_cast<std::uint64_t>(seconds(preview.expires)), 8);
  bytes.append(preview.experiment).append(1, kSeparator).append(preview.variant);
  std::array<unsigned char, kSignature> signature{};
  crypto_auth(signature.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), key.data());
  bytes.append(reinterpret_cast<const char*>(signature.data()), signature.size());
  std::string token(sodium_base64_encoded_len(bytes.size(), kForm), '\0');
  sodium_bin2base64(token.data(), token.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    kForm);
  token.pop_back();
  return token;
}

Status PreviewToken::read(const PreviewKey& key, std::uint32_t environment, assign::Instant now,
                          std::string_view token) {
  std::size_t size = 0;
  const bool decoded =
      sodium_base642bin(bytes_.data(), bytes_.size(), token.data(), token.size(), nullptr, &size, nullptr, kForm) == 0;
  if (!decoded || size < kHead + kSignature) return refused("this is no preview");
  size -= kSignature;
  if (crypto_auth_verify(bytes_.data() + size, bytes_.data(), size, key.data()) != 0)
    return refused("this preview was not made here");
  const std::string_view text(reinterpret_cast<const char*>(bytes_.data()) + kHead, size - kHead);
  const auto middle = text.find(kSeparator);
  if (number_at(bytes_.data(), 4) != environment || middle == std::string_view::npos)
    return refused("this preview is of another environment");
  preview_.environment = environment;
  preview_.expires = assign::Instant(std::chrono::seconds(number_at(bytes_.data() + 4, 8)));
  preview_.experiment = text.substr(0, middle);
  preview_.variant = text.substr(middle + 1);
  forced_ = {preview_.experiment, preview_.variant};
  return now < preview_.expires ? ok() : Status(refused("this preview has expired"));
}

}  // namespace touchstone::fast
