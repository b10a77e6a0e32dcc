#include "sdk/wire/encrypt.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

#include <openssl/evp.h>
#include <sodium.h>

namespace touchstone::wire {
namespace {

constexpr std::size_t block = 16;  // of AES, and its key's bytes here
constexpr int form = sodium_base64_VARIANT_ORIGINAL;

using Block = std::array<unsigned char, block>;

std::optional<Block> key_of(std::string_view base64) {
  Block key;
  std::size_t size = 0;
  const bool read =
      sodium_base642bin(key.data(), key.size(), base64.data(), base64.size(), nullptr, &size, nullptr, form) == 0;
  return read && size == block ? std::optional(key) : std::nullopt;
}

template <class Bytes>
std::string base64_of(const Bytes& bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), form), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), form);
  text.pop_back();
  return text;
}

std::vector<unsigned char> encrypted(std::string_view text, const Block& key, const Block& vector) {
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> cipher(EVP_CIPHER_CTX_new(),
                                                                               EVP_CIPHER_CTX_free);
  std::vector<unsigned char> out(text.size() + block);
  const auto* in = reinterpret_cast<const unsigned char*>(text.data());
  int first = 0;
  int last = 0;
  const bool right = cipher &&
                     EVP_EncryptInit_ex(cipher.get(), EVP_aes_128_cbc(), nullptr, key.data(), vector.data()) == 1 &&
                     EVP_EncryptUpdate(cipher.get(), out.data(), &first, in, static_cast<int>(text.size())) == 1 &&
                     EVP_EncryptFinal_ex(cipher.get(), out.data() + first, &last) == 1;
  if (!right) throw std::runtime_error("AES-128-CBC is not to be had");
  out.resize(static_cast<std::size_t>(first) + static_cast<std::size_t>(last));
  return out;
}

}  // namespace

Status check_growthbook_key(std::string_view key) {
  if (key_of(key)) return ok();
  return Error{ErrorCode::invalid, "the key of encrypted payloads is not base64 of 16 bytes", "",
               "Make one with: openssl rand -base64 16"};
}

std::string encrypt_growthbook(std::string_view text, std::string_view key) {
  const auto secret = key_of(key);
  if (!secret) throw std::invalid_argument("not base64 of 16 bytes");
  Block vector;
  randombytes_buf(vector.data(), vector.size());
  return base64_of(vector).append(1, '.').append(base64_of(encrypted(text, *secret, vector)));
}

}  // namespace touchstone::wire
