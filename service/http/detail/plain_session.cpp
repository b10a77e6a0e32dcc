#include "service/http/detail/carrier.hpp"
#include "service/http/detail/session.hpp"

namespace touchstone::http {
namespace {

class Plain {
 public:
  static constexpr bool tries_to_write = true;

  explicit Plain(Socket socket) : socket_(std::move(socket)) {}

  Socket& stream() noexcept { return socket_; }
  Socket& socket() noexcept { return socket_; }

  template <class Handler>
  void open(Handler handler) {
    handler({});
  }
  template <class Handler>
  void shut(Handler handler) {
    handler({});
  }

 private:
  Socket socket_;
};

}  // namespace

std::shared_ptr<Connection> open_plain(Loop& loop, Socket socket, std::uint64_t id) {
  return std::make_shared<Carrier<Plain>>(loop, Plain(std::move(socket)), id);
}

}  // namespace touchstone::http
