#include "service/http/detail/tls.hpp"

#include <stdexcept>
#include <string_view>

#include <openssl/ssl.h>

namespace touchstone::http {
namespace {

namespace ssl = boost::asio::ssl;

void check(const boost::system::error_code& error, const std::string& file) {
  if (error) throw std::runtime_error("cannot use " + file + ": " + error.message());
}

// Of the protocols a client offers, HTTP/1.1 is the one spoken here.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size, const unsigned char* offered,
                    unsigned offered_size, void*) {
  static constexpr unsigned char spoken[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* match = nullptr;
  const int found = SSL_select_next_proto(&match, chosen_size, spoken, sizeof spoken, offered, offered_size);
  *chosen = match;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

std::unique_ptr<ssl::context> tls_context(const ServerOptions& options) {
  if (options.certificate_file.empty() && options.key_file.empty()) return nullptr;
  if (options.certificate_file.empty() || options.key_file.empty())
    throw std::runtime_error("TLS takes a certificate file and a key file; only one is given");
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  boost::system::error_code error;
  context->use_certificate_chain_file(options.certificate_file, error);
  check(error, options.certificate_file);
  context->use_private_key_file(options.key_file, ssl::context::pem, error);
  check(error, options.key_file);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context->native_handle(), choose_protocol, nullptr);
  return context;
}

}  // namespace touchstone::http
