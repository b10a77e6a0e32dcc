#include "sdk/wire/decrypt.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include <openssl/evp.h>

namespace touchstone::wire {
namespace {

using Bytes = std::vector<unsigned char>;

constexpr std::size_t block = 16;  // of AES, and its key's bytes here
constexpr std::size_t longest = 64U << 20U;

std::size_t padding_of(std::string_view base64) {
  return base64.ends_with("==") ? 2U : (base64.ends_with('=') ? 1U : 0U);
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::optional<Bytes> from_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0 || text.size() > longest) return std::nullopt;
  Bytes bytes(text.size() / 4 * 3);
  if (EVP_DecodeBlock(bytes.data(), bytes_of(text), static_cast<int>(text.size())) < 0) return std::nullopt;
  bytes.resize(bytes.size() - padding_of(text));
  return bytes;
}

std::optional<std::string> decrypt(const Bytes& key, const Bytes& vector, const Bytes& encrypted) {
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> cipher(EVP_CIPHER_CTX_new(),
                                                                               EVP_CIPHER_CTX_free);
  std::string text(encrypted.size() + block, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(text.data());
  int first = 0;
  int last = 0;
  const bool right =
      cipher && EVP_DecryptInit_ex(cipher.get(), EVP_aes_128_cbc(), nullptr, key.data(), vector.data()) == 1 &&
      EVP_DecryptUpdate(cipher.get(), out, &first, encrypted.data(), static_cast<int>(encrypted.size())) == 1 &&
      EVP_DecryptFinal_ex(cipher.get(), out + first, &last) == 1;
  if (!right) return std::nullopt;
  text.resize(static_cast<std::size_t>(first) + static_cast<std::size_t>(last));
  return text;
}

}  // namespace

Result<std::string> decrypt_growthbook(std::string_view encrypted, std::string_view key) {
  const Error refused{ErrorCode::invalid, "the payload cannot be decrypted", "",
                      "check the key, and that the text is whole: two parts in base64 with a dot between"};
  const auto dot = encrypted.find('.');
  if (dot == std::string_view::npos) return refused;
  const auto secret = from_base64(key);
  const auto vector = from_base64(encrypted.substr(0, dot));
  const auto body = from_base64(encrypted.substr(dot + 1));
  if (!secret || !vector || !body || secret->size() != block || vector->size() != block) return refused;
  auto text = decrypt(*secret, *vector, *body);
  if (!text) return refused;
  return *std::move(text);
}

}  // namespace touchstone::wire
