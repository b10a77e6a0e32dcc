#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/beast/http/basic_parser.hpp>

#include "service/http/detail/refusal.hpp"
#include "service/http/request.hpp"
#include "service/http/server.hpp"

namespace touchstone::http {

enum class Coding : std::uint8_t { identity, gzip, unknown };

/// What one request's head says about its framing.
struct Head {
  std::string_view target;
  std::uint64_t length = 0;  ///< of Content-Length
  std::size_t fields = 0;
  Coding coding = Coding::identity;
  bool http11 = false;
  bool chunked = false;
  bool has_length = false;
  bool expects_continue = false;
};

/// Beast's grammar with the policy Beast leaves to its user: one reading of every head and every chunk, or a refusal.
/// Header values go into the Request as views into the bytes given to put(). Chunk data is appended to `body`.
class HeadParser final : public boost::beast::http::basic_parser<true> {
 public:
  HeadParser(Request& request, std::string& body, const Limits& limits);

  /// Parses a complete head, its empty line included. Null where it is well formed.
  const Refusal* parse_head(std::string_view bytes);

  /// Parses as much of a chunked body as there is; `bytes` loses what was taken. Null where it is well formed so far.
  /// Not to be called again after is_done().
  const Refusal* parse_chunks(std::string_view& bytes);

  [[nodiscard]] const Head& head() const noexcept { return head_; }

 private:
  using error_code = boost::beast::error_code;
  using string_view = boost::beast::string_view;
  using field = boost::beast::http::field;

  void on_request_impl(boost::beast::http::verb verb, string_view method, string_view target, int version,
                       error_code& ec) override;
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_field_impl(field id, string_view name, string_view value, error_code& ec) override;
  void on_header_impl(error_code& ec) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(string_view body, error_code&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t size, string_view extensions, error_code& ec) override;
  std::size_t on_chunk_body_impl(std::uint64_t remain, string_view body, error_code& ec) override;
  void on_finish_impl(error_code&) override {}

  const Refusal* read_field(field id, std::string_view name, std::string_view value);
  const Refusal* read_length(std::string_view value);
  const Refusal* read_transfer_coding(std::string_view value);
  const Refusal* read_named(std::string_view name, std::string_view value);
  const Refusal* check_chunk_line(std::size_t line_bytes);
  bool folded(std::string_view name, std::string_view value) const;

  Request& request_;
  std::string& body_;
  const Limits& limits_;
  Head head_;
  const Refusal* refusal_ = nullptr;
  std::string_view bytes_;
  std::size_t extension_bytes_ = 0;   // of this chunk
  std::size_t extensions_total_ = 0;  // of this body
  bool in_body_ = false;
  bool in_chunk_line_ = true;
  bool first_chunk_ = true;
};

}  // namespace touchstone::http
