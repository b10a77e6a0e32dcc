#include "service/http/detail/inflate.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <new>

#include <zlib.h>

namespace touchstone::http {
namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;
constexpr std::size_t kFirstRoom = 16'384;

struct End {
  void operator()(z_stream* stream) const noexcept { inflateEnd(stream); }
};

// Makes room for more output: one byte beyond the limit at most, so that a stream that ends exactly at it is told from
// one that goes on.
void grow(std::string& out, std::size_t used, std::size_t limit) {
  out.resize(std::min(std::max(kFirstRoom, used * 2), limit + 1));
}

int inflate_some(z_stream& stream, std::string& out, std::size_t& used) {
  const auto room = std::min<std::size_t>(out.size() - used, std::numeric_limits<uInt>::max());
  stream.next_out = reinterpret_cast<Bytef*>(out.data() + used);
  stream.avail_out = static_cast<uInt>(room);
  const int state = inflate(&stream, Z_NO_FLUSH);
  used += room - stream.avail_out;
  return state;
}

Inflated inflate_all(z_stream& stream, std::size_t limit, std::string& out, std::size_t& used) {
  for (;;) {
    if (used == out.size()) grow(out, used, limit);
    const int state = inflate_some(stream, out, used);
    if (used > limit) return Inflated::too_large;
    if (state == Z_MEM_ERROR) throw std::bad_alloc{};
    if (state == Z_STREAM_END) {
      if (stream.avail_in == 0) return Inflated::whole;
      if (inflateReset(&stream) != Z_OK) return Inflated::malformed;
    } else if (state != Z_OK || (stream.avail_in == 0 && used < out.size())) {
      return Inflated::malformed;
    }
  }
}

}  // namespace

Inflated gunzip(std::string_view gzip, std::size_t limit, std::string& out) {
  z_stream stream{};
  if (gzip.size() > std::numeric_limits<uInt>::max()) return Inflated::too_large;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));
  stream.avail_in = static_cast<uInt>(gzip.size());
  if (inflateInit2(&stream, kGzipOnly) != Z_OK) throw std::bad_alloc{};
  const std::unique_ptr<z_stream, End> owner(&stream);
  std::size_t used = 0;
  out.clear();
  const auto result = inflate_all(stream, limit, out, used);
  out.resize(std::min(used, limit));
  return result;
}

}  // namespace touchstone::http
