#include <filesystem>
#include <fstream>
#include <memory>

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include "tests/service/http/trial.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::http::test {
namespace {

namespace fs = std::filesystem;

template <auto Free>
struct Freeing {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freeing<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Freeing<SSL_free>>;
using File = std::unique_ptr<BIO, Freeing<BIO_free>>;

Certificate self_signed(EVP_PKEY* key) {
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key);
  auto* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  X509_sign(certificate.get(), key, EVP_sha256());
  return certificate;
}

// A key and a certificate in files that are gone with it.
class Identity {
 public:
  Identity() : folder_(fs::path(testing::TempDir()) / ("touchstone-tls-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    const Key key(EVP_EC_gen("P-256"));
    const auto certificate = self_signed(key.get());
    const File key_out(BIO_new_file(key_file().c_str(), "w"));
    PEM_write_bio_PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    const File certificate_out(BIO_new_file(certificate_file().c_str(), "w"));
    PEM_write_bio_X509(certificate_out.get(), certificate.get());
  }
  ~Identity() { fs::remove_all(folder_); }

  [[nodiscard]] std::string key_file() const { return folder_ / "key.pem"; }
  [[nodiscard]] std::string certificate_file() const { return folder_ / "certificate.pem"; }

 private:
  fs::path folder_;
};

ServerOptions secured(const Identity& identity) {
  auto options = quick_options();
  options.certificate_file = identity.certificate_file();
  options.key_file = identity.key_file();
  return options;
}

// A client that speaks TLS over a Wire's socket.
class SecureWire {
 public:
  explicit SecureWire(std::uint16_t port, int newest = TLS1_3_VERSION, std::string_view protocol = "")
      : wire_(port), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_.get(), newest);
    session_.reset(SSL_new(context_.get()));
    if (!protocol.empty()) {
      const std::string list = static_cast<char>(protocol.size()) + std::string(protocol);
      SSL_set_alpn_protos(session_.get(), reinterpret_cast<const unsigned char*>(list.data()),
                          static_cast<unsigned>(list.size()));
    }
    SSL_set_fd(session_.get(), wire_.descriptor());
    shaken_ = SSL_connect(session_.get()) == 1;
  }

  [[nodiscard]] bool shaken() const { return shaken_; }
  void send(std::string_view bytes) { SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())); }
  std::optional<Answer> read() {
    for (;;) {
      if (auto answer = take_answer(received_)) return answer;
      if (!receive()) return std::nullopt;
    }
  }
  // Whether this text comes next after an answer's head.
  bool read_on(std::string_view text) {
    while (received_.size() < text.size() && receive()) {
    }
    return received_.starts_with(text);
  }
  // Whether the peer said goodbye within TLS, not just cut the line.
  bool ended() {
    std::array<char, 64> bytes;
    const int n = SSL_read(session_.get(), bytes.data(), bytes.size());
    return n <= 0 && SSL_get_error(session_.get(), n) == SSL_ERROR_ZERO_RETURN;
  }

 private:
  bool receive() {
    std::array<char, std::size_t{64} * 1024> bytes;
    const int n = SSL_read(session_.get(), bytes.data(), static_cast<int>(bytes.size()));
    if (n > 0) received_.append(bytes.data(), static_cast<std::size_t>(n));
    return n > 0;
  }

  Wire wire_;
  Context context_;
  Session session_;
  std::string received_;
  bool shaken_ = false;
};

TEST(Tls, CarriesTheSameConversation) {
  const Identity identity;
  Trial trial(secured(identity));
  SecureWire wire(trial.port());
  ASSERT_TRUE(wire.shaken());
  wire.send(get("/fast/1") + get("/durable/2") + get("/slow/3"));
  EXPECT_EQ(wire.read()->body, "/fast/1||1||");
  EXPECT_EQ(wire.read()->body, "/durable/2||2||");
  EXPECT_EQ(wire.read()->body, "/slow/3||3||");
  const std::string body(Trial::kLargeBody, 'x');
  wire.send(post("/size", body));
  EXPECT_EQ(wire.read()->body, "4194304");
  wire.send(get("/large"));
  EXPECT_EQ(wire.read()->body, body);
}

TEST(Tls, CarriesStreams) {
  const Identity identity;
  Trial trial(secured(identity));
  SecureWire wire(trial.port());
  wire.send(get("/said"));
  EXPECT_EQ(wire.read()->status, 200);
  EXPECT_TRUE(wire.read_on("0\n"));
  trial.say_more();
  EXPECT_TRUE(wire.read_on("0\n1\n"));
  trial.say_more();
  EXPECT_TRUE(wire.read_on("0\n1\n2\n"));
  trial.server().stop();
  EXPECT_EQ(trial.server().counters().streams, 0U);
}

TEST(Tls, EndsInGoodOrder) {
  const Identity identity;
  Trial trial(secured(identity));
  SecureWire wire(trial.port());
  wire.send("GET /probe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(wire.read()->header("Connection"), "close");
  EXPECT_TRUE(wire.ended());
}

TEST(Tls, AnswersTheBeginningsOfAttacks) {
  const Identity identity;
  Trial trial(secured(identity));
  SecureWire wire(trial.port());
  wire.send("GET /probe HTTP/1.1\r\n\r\n");
  EXPECT_EQ(wire.read()->status, 400);
}

TEST(Tls, OldVersionsAndOtherProtocolsAreRefused) {
  const Identity identity;
  Trial trial(secured(identity));
  EXPECT_FALSE(SecureWire(trial.port(), TLS1_1_VERSION).shaken());
  EXPECT_TRUE(SecureWire(trial.port(), TLS1_2_VERSION).shaken());
  EXPECT_TRUE(SecureWire(trial.port(), TLS1_3_VERSION, "http/1.1").shaken());
  EXPECT_FALSE(SecureWire(trial.port(), TLS1_3_VERSION, "h2").shaken());
}

TEST(Tls, PlainBytesEndTheConnectionAlone) {
  const Identity identity;
  Trial trial(secured(identity));
  Wire plain(trial.port());
  EXPECT_FALSE(plain.ask(get("/probe")));
  SecureWire wire(trial.port());
  wire.send(get("/probe"));
  EXPECT_EQ(wire.read()->status, 200);
}

TEST(Tls, AHandshakeThatStandsStillIsEnded) {
  const Identity identity;
  auto options = secured(identity);
  options.deadlines.header = std::chrono::milliseconds{50};
  Trial trial(options);
  Wire silent(trial.port());
  EXPECT_TRUE(silent.ended());
}

TEST(Tls, DrainsToo) {
  const Identity identity;
  Trial trial(secured(identity));
  trial.writer().hold();
  SecureWire idle(trial.port());
  SecureWire busy(trial.port());
  busy.send(get("/durable/1"));
  EXPECT_TRUE(eventually([&] { return trial.writer().waiting() == 1; }));
  std::jthread stopping([&] { trial.server().stop(); });
  EXPECT_TRUE(eventually([&] { return !Wire(trial.port()).connected(); }));
  trial.writer().release();
  EXPECT_EQ(busy.read()->header("Connection"), "close");
}

TEST(Tls, FilesThatCannotBeUsedAreNamed) {
  const Identity identity;
  auto options = secured(identity);
  options.certificate_file = "/nonexistent/certificate.pem";
  Server missing(options, {}, plain_error);
  EXPECT_THROW(missing.start(), std::runtime_error);
  options.certificate_file.clear();
  Server half(options, {}, plain_error);
  EXPECT_THROW(half.start(), std::runtime_error);
  auto swapped = secured(identity);
  std::swap(swapped.key_file, swapped.certificate_file);
  Server wrong(swapped, {}, plain_error);
  EXPECT_THROW(wrong.start(), std::runtime_error);
}

}  // namespace
}  // namespace touchstone::http::test
