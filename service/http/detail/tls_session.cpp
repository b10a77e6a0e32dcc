#include <boost/asio/ssl/stream.hpp>

#include "service/http/detail/carrier.hpp"
#include "service/http/detail/session.hpp"

namespace touchstone::http {
namespace {

namespace ssl = boost::asio::ssl;

class Tls {
 public:
  static constexpr bool tries_to_write = false;  // a write of a record that the socket takes in part cannot be undone

  Tls(Socket socket, ssl::context& context) : stream_(std::move(socket), context) {}

  ssl::stream<Socket>& stream() noexcept { return stream_; }
  Socket& socket() noexcept { return stream_.next_layer(); }

  template <class Handler>
  void open(Handler handler) {
    stream_.async_handshake(ssl::stream_base::server, std::move(handler));
  }
  template <class Handler>
  void shut(Handler handler) {
    stream_.async_shutdown(std::move(handler));
  }

 private:
  ssl::stream<Socket> stream_;
};

}  // namespace

std::shared_ptr<Connection> open_tls(Loop& loop, ssl::context& context, Socket socket, std::uint64_t id) {
  return std::make_shared<Carrier<Tls>>(loop, Tls(std::move(socket), context), id);
}

}  // namespace touchstone::http
