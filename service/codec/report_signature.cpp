#include "service/codec/report_signature.hpp"

#include <optional>

#include <sodium.h>

#include "service/codec/canonical_json.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {
namespace {

constexpr std::string_view kScheme = "ed25519:";
constexpr std::size_t kKey = crypto_sign_PUBLICKEYBYTES;
constexpr std::size_t kSignature = crypto_sign_BYTES;
static_assert(std::tuple_size_v<SigningSeed> == crypto_sign_SEEDBYTES);

using PublicKey = std::array<unsigned char, kKey>;
using Signature = std::array<unsigned char, kSignature>;

struct Pair {
  PublicKey open{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
};

Pair pair_of(const SigningSeed& seed) {
  Pair pair;
  crypto_sign_seed_keypair(pair.open.data(), pair.secret.data(), seed.data());
  return pair;
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

template <std::size_t size>
std::string hex(const std::array<unsigned char, size>& bytes) {
  std::array<char, 2 * size + 1> text{};
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  return text.data();
}

template <std::size_t size>
bool read_hex(std::string_view text, std::array<unsigned char, size>& into) {
  std::size_t used = 0;
  return text.size() == 2 * size &&
         sodium_hex2bin(into.data(), into.size(), text.data(), text.size(), nullptr, &used, nullptr) == 0 &&
         used == size;
}

struct Read {
  PublicKey key{};
  Signature signature{};
};

std::optional<Read> read_signature(std::string_view text) {
  Read read;
  if (text.size() != kScheme.size() + 2 * kKey + 1 + 2 * kSignature || !text.starts_with(kScheme)) return std::nullopt;
  text.remove_prefix(kScheme.size());
  if (text[2 * kKey] != ':' || !read_hex(text.substr(0, 2 * kKey), read.key)) return std::nullopt;
  return read_hex(text.substr(2 * kKey + 1), read.signature) ? std::optional(read) : std::nullopt;
}

/// The canonical form of everything but the signature.
Result<std::string> covered(JsonView report) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  for (const auto& [key, value] : report.members()) {
    if (key == "signature") continue;
    std::string canonical;
    if (auto written = append_canonical(canonical, value); !written) return written.error();
    out.key(key).raw(canonical);
  }
  out.end_object();
  return canonical_json(text);
}

}  // namespace

std::string signed_report(std::string report, const SigningSeed& seed) {
  const auto bytes = canonical_json(report).value();
  const Pair pair = pair_of(seed);
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, bytes_of(bytes), bytes.size(), pair.secret.data());
  report.pop_back();
  return report.append(",\"signature\":\"")
      .append(kScheme)
      .append(hex(pair.open))
      .append(":")
      .append(hex(signature))
      .append("\"}");
}

Result<SignatureState> check_signature(JsonView report, const SigningSeed& seed) {
  const auto member = report.find("signature");
  if (!member) return SignatureState::absent;
  const auto bytes = covered(report);
  if (!bytes) return bytes.error();
  const auto read = read_signature(member->text().value_or(""));
  const bool valid = read && crypto_sign_verify_detached(read->signature.data(), bytes_of(*bytes), bytes->size(),
                                                         read->key.data()) == 0;
  if (!valid) return SignatureState::broken;
  return read->key == pair_of(seed).open ? SignatureState::ours : SignatureState::foreign;
}

std::string_view word_of(SignatureState state) noexcept {
  switch (state) {
    case SignatureState::ours:
      return "ours";
    case SignatureState::foreign:
      return "foreign";
    case SignatureState::broken:
      return "broken";
    case SignatureState::absent:
      return "absent";
  }
  return "unknown";
}

}  // namespace touchstone::codec
