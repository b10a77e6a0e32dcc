#include "service/fast/signed_text.hpp"

#include <sodium.h>

namespace touchstone::fast {

namespace {

constexpr int kForm = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
static_assert(sizeof(SigningKey) == crypto_auth_KEYBYTES);
static_assert(kSignatureBytes == crypto_auth_BYTES);

const unsigned char* raw(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

}  // namespace

std::string sign(const SigningKey& key, std::string bytes) {
  std::array<unsigned char, kSignatureBytes> signature{};
  crypto_auth(signature.data(), raw(bytes), bytes.size(), key.data());
  bytes.append(reinterpret_cast<const char*>(signature.data()), signature.size());
  std::string token(sodium_base64_encoded_len(bytes.size(), kForm), '\0');
  sodium_bin2base64(token.data(), token.size(), raw(bytes), bytes.size(), kForm);
  token.pop_back();
  return token;
}

std::optional<std::span<const unsigned char>> verified(const SigningKey& key, std::string_view token,
                                                       std::span<unsigned char> room) noexcept {
  std::size_t size = 0;
  const bool decoded =
      sodium_base642bin(room.data(), room.size(), token.data(), token.size(), nullptr, &size, nullptr, kForm) == 0;
  if (!decoded || size < kSignatureBytes) return std::nullopt;
  size -= kSignatureBytes;
  if (crypto_auth_verify(room.data() + size, room.data(), size, key.data()) != 0) return std::nullopt;
  return room.first(size);
}

void append_number(std::string& bytes, std::uint64_t number, int size) {
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(number >> static_cast<unsigned>(8 * i));
}

std::uint64_t number_at(std::span<const unsigned char> bytes, std::size_t at, int size) noexcept {
  std::uint64_t number = 0;
  for (int i = 0; i < size; ++i)
    number |= std::uint64_t{bytes[at + static_cast<std::size_t>(i)]} << static_cast<unsigned>(8 * i);
  return number;
}

}  // namespace touchstone::fast
