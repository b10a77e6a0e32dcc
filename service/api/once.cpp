#include "service/api/once.hpp"

#include <initializer_list>
#include <utility>

#include <sodium.h>

#include "service/codec/json.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::api {

namespace {

static_assert(std::tuple_size_v<storage::Digest> == crypto_secretbox_KEYBYTES);
constexpr std::string_view kReplayed = "Idempotency-Replayed";

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

/// BLAKE2b of the parts with their lengths, so that none can run into the next.
storage::Digest digest_of(std::initializer_list<std::string_view> parts) {
  crypto_generichash_state state;
  storage::Digest digest{};
  crypto_generichash_init(&state, nullptr, 0, digest.size());
  for (const auto part : parts) {
    const auto size = std::to_string(part.size()) + ":";
    crypto_generichash_update(&state, bytes(size), size.size());
    crypto_generichash_update(&state, bytes(part), part.size());
  }
  crypto_generichash_final(&state, digest.data(), digest.size());
  return digest;
}

std::string sealed(std::string_view text, const storage::Digest& key) {
  std::string box(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.size(), '\0');
  auto* nonce = reinterpret_cast<unsigned char*>(box.data());
  randombytes_buf(nonce, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(nonce + crypto_secretbox_NONCEBYTES, bytes(text), text.size(), nonce, key.data());
  return box;
}

std::optional<std::string> opened(std::string_view box, const storage::Digest& key) {
  constexpr std::size_t around = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (box.size() < around) return std::nullopt;
  std::string text(box.size() - around, '\0');
  const int refused = crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(text.data()),
                                                 bytes(box) + crypto_secretbox_NONCEBYTES,
                                                 box.size() - crypto_secretbox_NONCEBYTES, bytes(box), key.data());
  return refused == 0 ? std::optional(std::move(text)) : std::nullopt;
}

std::string write(const http::Response& answer) {
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("status").integer(answer.status).key("headers").begin_object();
  for (const auto& [name, value] : answer.headers) out.key(name).text(value);
  out.end_object().key("body").text(std::get<std::string>(answer.body)).end_object();
  return text;
}

std::optional<http::Response> read(std::string_view text) {
  codec::JsonDocument document;
  if (!document.read(text)) return std::nullopt;
  const auto status = document.root().find("status");
  const auto headers = document.root().find("headers");
  const auto body = document.root().find("body");
  if (!status || !headers || !body) return std::nullopt;
  http::Response answer;
  answer.status = static_cast<int>(status->integer().value_or(500));
  for (const auto& [name, value] : headers->members()) answer.headers.emplace_back(name, value.text().value_or(""));
  answer.headers.emplace_back(kReplayed, "true");
  answer.body = std::string(body->text().value_or(""));
  return answer;
}

Error lost() { return {ErrorCode::internal, "a kept answer cannot be read", "", ""}; }

}  // namespace

Once::Once(const http::Request& request, const fast::Caller& caller)
    : wanted_(true),
      name_(digest_of({std::to_string(caller.key), std::to_string(static_cast<int>(request.method)), request.path,
                       request.idempotency_key})),
      request_(digest_of({request.query, request.body})),
      seal_(digest_of({"receipt", fast::bearer_token(request.authorization), request.idempotency_key})) {}

storage::CatalogueCommand Once::keep(const http::Response& answer, Time now) const {
  return [receipt = storage::Receipt{name_, request_, now, sealed(write(answer), seal_)}](
             storage::Catalogue& catalogue) { return catalogue.keep_receipt(receipt, receipt.at - life); };
}

Result<std::optional<http::Response>> Once::kept(const app::Service& service) const {
  const auto receipt = service.ask([this](const storage::Catalogue& catalogue) { return catalogue.receipt(name_); });
  const bool absent = receipt ? receipt->at <= service.now() - life : receipt.error().code == ErrorCode::not_found;
  if (absent) return std::optional<http::Response>{};
  if (!receipt) return receipt.error();
  if (receipt->request != request_)
    return Error{ErrorCode::invalid, "this Idempotency-Key was used for another request", "",
                 "Send the same query and body as then, or take a new key."};
  const auto text = opened(receipt->answer, seal_);
  if (!text) return lost();
  auto answer = read(*text);
  if (!answer) return lost();
  return answer;
}

}  // namespace touchstone::api
