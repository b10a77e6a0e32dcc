#include "tests/service/http/corpus.hpp"

#include "tests/service/http/wire.hpp"

namespace touchstone::http::test {
namespace {

using namespace std::string_literals;

constexpr bool kOpen = true;
constexpr bool kClosed = false;

std::string with(const std::string& headers, const std::string& rest = "") {
  return "POST /echo HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + rest;
}

std::string line(const std::string& request_line) { return request_line + "\r\nHost: a\r\n\r\n"; }

std::string chunked(const std::string& body) { return with("Transfer-Encoding: chunked\r\n", body); }

void add_plain(std::vector<Case>& all) {
  const auto probe = get("/probe");
  all.insert(
      all.end(),
      {
          {"get", probe, {200}, kOpen},
          {"get_twice_pipelined", probe + probe, {200, 200}, kOpen},
          {"get_hundred_pipelined",
           [&] {
             std::string all_of_them;
             for (int i = 0; i < 100; ++i) all_of_them += probe;
             return all_of_them;
           }(),
           std::vector<int>(100, 200), kOpen},
          {"post_with_length", post("/echo", "hello"), {200}, kOpen},
          {"post_pipelined", post("/echo", "hello") + probe, {200, 200}, kOpen},
          {"post_empty", post("/echo", ""), {200}, kOpen},
          {"post_without_length_has_no_body", with(""), {200}, kOpen},       // 9112 6.3
          {"http10_closes", "GET /probe HTTP/1.0\r\n\r\n", {200}, kClosed},  // 9112 9.3
          {"http10_keeps_alive", "GET /probe HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", {200}, kOpen},
          {"connection_close", "GET /probe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", {200}, kClosed},
          {"connection_close_ends_a_pipeline",
           "GET /probe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + probe,
           {200},
           kClosed},  // 9112 9.6
          {"connection_close_in_a_list",
           "GET /probe HTTP/1.1\r\nHost: a\r\nConnection: foo, Close\r\n\r\n",
           {200},
           kClosed},
          {"upgrade_is_ignored",
           "GET /probe HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
           {200},
           kOpen},
          {"header_names_have_no_case", "GET /probe HTTP/1.1\r\nhOsT: a\r\n\r\n", {200}, kOpen},
          {"no_space_after_colon", "GET /probe HTTP/1.1\r\nHost:a\r\n\r\n", {200}, kOpen},
          {"spaces_around_value", "GET /probe HTTP/1.1\r\nHost: \t a \t\r\n\r\n", {200}, kOpen},
          {"obs_text_in_value", "GET /probe HTTP/1.1\r\nHost: a\r\nX: \xe4\xf6\r\n\r\n", {200}, kOpen},  // 9110 5.5
      });
}

void add_request_lines(std::vector<Case>& all) {
  all.insert(all.end(),
             {
                 {"not_found", get("/nowhere"), {404}, kOpen},
                 {"not_found_with_body_closes", post("/nowhere", "hello") + get("/probe"), {404}, kClosed},
                 {"method_not_allowed", line("PATCH /probe HTTP/1.1"), {405}, kOpen},
                 {"options_without_route", line("OPTIONS /probe HTTP/1.1"), {405}, kOpen},
                 {"unknown_method", line("BREW /probe HTTP/1.1"), {501}, kClosed},  // 9110 9.1
                 {"method_in_lower_case", line("get /probe HTTP/1.1"), {501}, kClosed},
                 {"trace", line("TRACE /probe HTTP/1.1"), {501}, kClosed},
                 {"connect", line("CONNECT a:443 HTTP/1.1"), {501}, kClosed},
                 {"version_09", line("GET /probe HTTP/0.9"), {505}, kClosed},  // 9110 15.6.6
                 {"version_12", line("GET /probe HTTP/1.2"), {505}, kClosed},
                 {"version_20", line("GET /probe HTTP/2.0"), {505}, kClosed},
                 {"http2_preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {505}, kClosed},
                 {"version_in_lower_case", line("GET /probe http/1.1"), {400}, kClosed},  // 9112 2.3
                 {"version_with_two_digits", line("GET /probe HTTP/1.10"), {400}, kClosed},
                 {"version_missing", line("GET /probe"), {400}, kClosed},
                 {"space_after_version", line("GET /probe HTTP/1.1 "), {400}, kClosed},
                 {"two_spaces", line("GET  /probe HTTP/1.1"), {400}, kClosed},
                 {"tab_for_space", line("GET\t/probe HTTP/1.1"), {400}, kClosed},
                 {"space_in_target", line("GET /pro be HTTP/1.1"), {400}, kClosed},
                 {"nul_in_target", line("GET /pro\0be HTTP/1.1"s), {400}, kClosed},
                 {"nul_in_method", line("G\0T /probe HTTP/1.1"s), {400}, kClosed},
                 {"leading_space", " " + get("/probe"), {400}, kClosed},
                 {"leading_empty_line", "\r\n" + get("/probe"), {400}, kClosed},
                 {"leading_empty_lines_many", "\r\n\r\n\r\n" + get("/probe"), {400}, kClosed},
                 {"leading_byte_order_mark", "\xEF\xBB\xBF" + get("/probe"), {400}, kClosed},
                 {"method_empty", line(" /probe HTTP/1.1"), {400}, kClosed},
                 {"method_of_3000_letters", line(std::string(3000, 'A') + " /probe HTTP/1.1"), {501}, kClosed},
                 {"method_with_colon", line("GET: /probe HTTP/1.1"), {400}, kClosed},
                 {"target_missing", line("GET HTTP/1.1"), {400}, kClosed},
                 {"version_with_spaces", line("GET /probe HTTP/ 1.1"), {400}, kClosed},
                 {"version_of_another_protocol", line("GET /probe ICY/1.1"), {400}, kClosed},
                 {"version_signed", line("GET /probe HTTP/+1.1"), {400}, kClosed},
                 {"tls_hello_on_a_plain_port", "\x16\x03\x01\x02"s, {400}, kClosed},
                 {"bare_newline_after_request_line", "GET /probe HTTP/1.1\nHost: a\r\n\r\n", {400}, kClosed},  // 2.2
                 {"bare_newline_everywhere", "GET /probe HTTP/1.1\nHost: a\n\n", {400}, kClosed},
                 {"bare_return", "GET /probe HTTP/1.1\rHost: a\r\n\r\n", {400}, kClosed},
                 {"bare_return_at_the_end", "GET /probe HTTP/1.1\r\nHost: a\r\r\n\r\n", {400}, kClosed},
                 {"bare_newline_ends_the_head", "GET /probe HTTP/1.1\r\nHost: a\r\n\n", {400}, kClosed},
             });
}

void add_targets(std::vector<Case>& all) {
  const auto target = [](const std::string& text) { return line("GET " + text + " HTTP/1.1"); };
  all.insert(all.end(), {
                            {"target_with_query", target("/probe?a=1&b=%20;c?d\\"), {200}, kOpen},
                            {"target_encoded_letters", target("/%70rob%65"), {200}, kOpen},
                            {"target_encoded_utf8", target("/fast/%C3%A4"), {200}, kOpen},
                            {"target_root", target("/"), {200}, kOpen},
                            {"target_twice_encoded_dots", target("/%252e%252e/probe"), {404}, kOpen},
                            {"target_trailing_slash", target("/probe/"), {404}, kOpen},
                            {"target_other_case", target("/Probe"), {404}, kOpen},
                            {"target_absolute", target("http://a/probe"), {400}, kClosed},
                            {"target_authority", target("a:80"), {400}, kClosed},
                            {"target_asterisk", line("OPTIONS * HTTP/1.1"), {400}, kClosed},
                            {"target_relative", target("probe"), {400}, kClosed},
                            {"target_dot_dot", target("/fast/../probe"), {400}, kClosed},
                            {"target_dot_dot_encoded", target("/fast/%2e%2E/probe"), {400}, kClosed},
                            {"target_dot_dot_half_encoded", target("/fast/.%2e/probe"), {400}, kClosed},
                            {"target_dot_dot_at_end", target("/fast/.."), {400}, kClosed},
                            {"target_dot", target("/./probe"), {400}, kClosed},
                            {"target_two_slashes", target("//probe"), {400}, kClosed},
                            {"target_two_slashes_inside", target("/fast//a"), {400}, kClosed},
                            {"target_slash_encoded", target("/fast%2fa"), {400}, kClosed},
                            {"target_backslash", target("/fast\\a"), {400}, kClosed},
                            {"target_backslash_encoded", target("/fast%5Ca"), {400}, kClosed},
                            {"target_semicolon", target("/probe;a=b"), {400}, kClosed},
                            {"target_semicolon_encoded", target("/probe%3Ba"), {400}, kClosed},
                            {"target_nul_encoded", target("/probe%00"), {400}, kClosed},
                            {"target_newline_encoded", target("/probe%0d%0aX:1"), {400}, kClosed},
                            {"target_delete_encoded", target("/probe%7f"), {400}, kClosed},
                            {"target_escape_cut_short", target("/probe%2"), {400}, kClosed},
                            {"target_escape_not_hex", target("/probe%zz"), {400}, kClosed},
                            {"target_fragment", target("/probe#a"), {400}, kClosed},
                            {"target_raw_bytes", target("/fast/\xc3\xa4"), {400}, kClosed},
                            {"target_invalid_utf8", target("/fast/%C3%28"), {400}, kClosed},
                            {"target_overlong_slash", target("/fast%C0%AFa"), {400}, kClosed},
                            {"target_surrogate", target("/fast/%ED%A0%80"), {400}, kClosed},
                        });
}

void add_headers(std::vector<Case>& all) {
  const auto header = [](const std::string& lines) { return "GET /probe HTTP/1.1\r\n" + lines + "\r\n"; };
  all.insert(
      all.end(),
      {
          {"host_missing", header(""), {400}, kClosed},  // 9112 3.2
          {"host_twice", header("Host: a\r\nHost: a\r\n"), {400}, kClosed},
          {"host_twice_different", header("Host: a\r\nHost: b\r\n"), {400}, kClosed},
          {"host_empty", header("Host:\r\n"), {400}, kClosed},
          {"host_list", header("Host: a, b\r\n"), {400}, kClosed},
          {"host_with_path", header("Host: a/b\r\n"), {400}, kClosed},
          {"host_with_user", header("Host: u@a\r\n"), {400}, kClosed},
          {"host_twice_in_http10", "GET /probe HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", {400}, kClosed},
          {"host_v6_and_port", header("Host: [::1]:8080\r\n"), {200}, kOpen},
          {"folded", header("Host: a\r\nX: 1\r\n 2\r\n"), {400}, kClosed},  // 9112 5.2
          {"folded_by_tab", header("Host: a\r\nX: 1\r\n\t2\r\n"), {400}, kClosed},
          {"folded_after_nothing", header("Host: a\r\nX:\r\n 2\r\n"), {400}, kClosed},
          {"folded_with_nothing", header("Host: a\r\nX: 1\r\n \r\n"), {400}, kClosed},
          {"folded_only_spaces", header("Host: a\r\nX:\r\n \r\n"), {400}, kClosed},
          {"folded_first_header", header(" X: 1\r\nHost: a\r\n"), {400}, kClosed},  // 9112 2.2
          {"space_before_colon", header("Host : a\r\n"), {400}, kClosed},           // 9112 5.1
          {"tab_before_colon", header("Host\t: a\r\n"), {400}, kClosed},
          {"space_in_name", header("Host: a\r\nX Y: 1\r\n"), {400}, kClosed},
          {"no_colon", header("Host: a\r\nX\r\n"), {400}, kClosed},
          {"empty_name", header("Host: a\r\n: 1\r\n"), {400}, kClosed},
          {"nul_in_name", header("Host: a\r\nX\0Y: 1\r\n"s), {400}, kClosed},
          {"nul_in_value", header("Host: a\r\nX: 1\0002\r\n"s), {400}, kClosed},
          {"bell_in_value", header("Host: a\r\nX: \a\r\n"), {400}, kClosed},
          {"return_in_value", header("Host: a\r\nX: 1\r2\r\n"), {400}, kClosed},
          {"bytes_in_name", header("Host: a\r\n\xe4: 1\r\n"), {400}, kClosed},
          {"length_named_with_nul", header("Host: a\r\nContent-Length\0: 5\r\n"s), {400}, kClosed},
          {"delete_in_value", header("Host: a\r\nX: 1\x7f\r\n"), {400}, kClosed},
          {"value_of_nothing", header("Host: a\r\nX:\r\nY: \r\n"), {200}, kOpen},
          {"name_with_underscore", header("Host: a\r\nContent_Length: 5\r\n"), {200}, kOpen},
          {"name_with_quote", header("Host: a\r\nX\"Y: 1\r\n"), {400}, kClosed},
          {"name_with_slash", header("Host: a\r\nX/Y: 1\r\n"), {400}, kClosed},
          {"header_line_before_the_first", "GET /probe HTTP/1.1\r\n: a\r\nHost: a\r\n\r\n", {400}, kClosed},
          {"host_only_spaces", header("Host:  \t \r\n"), {400}, kClosed},
          {"host_with_space", header("Host: a b\r\n"), {400}, kClosed},
          {"host_folded", header("Host: a\r\n b\r\n"), {400}, kClosed},
          {"host_in_two_cases", header("Host: a\r\nHOST: a\r\n"), {400}, kClosed},
          {"idempotency_key_twice", header("Host: a\r\nIdempotency-Key: x\r\nIdempotency-Key: y\r\n"), {400}, kClosed},
          {"connection_lists_the_length", header("Host: a\r\nConnection: Content-Length, Host\r\n"), {200}, kOpen},
          {"connection_keep_alive_and_close", header("Host: a\r\nConnection: keep-alive, close\r\n"), {200}, kClosed},
          {"te_is_no_framing", header("Host: a\r\nTE: trailers, deflate\r\n"), {200}, kOpen},
          {"authorization_twice", header("Host: a\r\nAuthorization: x\r\nAuthorization: y\r\n"), {400}, kClosed},
          {"origin_twice", header("Host: a\r\nOrigin: x\r\nOrigin: y\r\n"), {400}, kClosed},
          {"content_type_twice", header("Host: a\r\nContent-Type: x\r\nContent-Type: y\r\n"), {400}, kClosed},
          {"connection_malformed", header("Host: a\r\nConnection: close;\x01\r\n"), {400}, kClosed},
      });
}

void add_lengths(std::vector<Case>& all) {
  const auto length = [](const std::string& value) { return with("Content-Length: " + value + "\r\n", "hello"); };
  all.insert(
      all.end(),
      {
          {"length_twice_same",
           with("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"),
           {400},
           kClosed},  // 9112 6.3
          {"length_twice_different", with("Content-Length: 5\r\nContent-Length: 6\r\n", "hello"), {400}, kClosed},
          {"length_list_same", length("5, 5"), {400}, kClosed},
          {"length_list_different", length("5, 6"), {400}, kClosed},
          {"length_plus", length("+5"), {400}, kClosed},
          {"length_minus", length("-5"), {400}, kClosed},
          {"length_hex", length("0x5"), {400}, kClosed},
          {"length_empty", length(""), {400}, kClosed},
          {"length_words", length("five"), {400}, kClosed},
          {"length_spaced", length("5 5"), {400}, kClosed},
          {"length_fraction", length("5.0"), {400}, kClosed},
          {"length_trailing_comma", length("5,"), {400}, kClosed},
          {"length_leading_comma", length(",5"), {400}, kClosed},
          {"length_quoted", length("\"5\""), {400}, kClosed},
          {"length_exponent", length("5e0"), {400}, kClosed},
          {"length_wide_digits", length("\xEF\xBC\x95"), {400}, kClosed},
          {"length_with_vertical_tab",
           length("\x0b"
                  "5"),
           {400},
           kClosed},
          {"length_spaces_around", length(" \t5\t "), {200}, kOpen},
          {"length_2_63_less_1", length("9223372036854775807"), {413}, kClosed},
          {"length_2_64_less_1", length("18446744073709551615"), {413}, kClosed},
          {"length_2_32", length("4294967301"), {413}, kClosed},
          {"length_of_3000_zeros", length(std::string(3000, '0') + "5"), {200}, kOpen},
          {"length_smuggled_by_a_bare_newline",
           with("X: 1\nContent-Length: 50\r\nContent-Length: 5\r\n", "hello"),
           {400},
           kClosed},
          {"length_smuggled_by_a_bare_return",
           with("X: 1\rContent-Length: 50\r\nContent-Length: 5\r\n", "hello"),
           {400},
           kClosed},
          {"length_leading_zeros", length("0005"), {200}, kOpen},
          {"length_2_63", length("9223372036854775808"), {413}, kClosed},
          {"length_2_64", length("18446744073709551616"), {400}, kClosed},
          {"length_folded", with("Content-Length:\r\n 5\r\n", "hello"), {400}, kClosed},
          {"length_too_short_smuggles_nothing",
           with("Content-Length: 4\r\n", "hello") + get("/probe"),
           {200, 501},
           kClosed},  // "oGET" is a method like any other
          {"length_on_get", "GET /probe HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", {413}, kClosed},
          {"length_zero_on_get", "GET /probe HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", {200}, kOpen},
      });
}

void add_transfer_codings(std::vector<Case>& all) {
  const std::string five = "5\r\nhello\r\n0\r\n\r\n";
  const auto coding = [&](const std::string& value) { return with("Transfer-Encoding: " + value + "\r\n", five); };
  all.insert(
      all.end(),
      {
          {"chunked", chunked(five), {200}, kOpen},
          {"chunked_pipelined", chunked(five) + chunked(five) + get("/probe"), {200, 200, 200}, kOpen},
          {"chunked_after_get", get("/probe") + chunked(five) + get("/probe"), {200, 200, 200}, kOpen},
          {"chunked_in_other_case", coding("CHUNKED"), {200}, kOpen},
          {"length_and_chunked",
           with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", five),
           {400},
           kClosed},  // 6.1
          {"chunked_and_length", with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", five), {400}, kClosed},
          {"smuggling_by_length_and_chunked",
           with("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nGGET /probe HTTP/1.1\r\n\r\n"),
           {400},
           kClosed},
          {"coding_identity", with("Transfer-Encoding: identity\r\n", get("/probe")), {501}, kClosed},
          {"coding_gzip", coding("gzip"), {501}, kClosed},
          {"coding_gzip_chunked", coding("gzip, chunked"), {400}, kClosed},
          {"coding_chunked_gzip", coding("chunked, gzip"), {400}, kClosed},
          {"coding_chunked_twice", coding("chunked, chunked"), {400}, kClosed},
          {"coding_chunked_on_two_lines",
           with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", five),
           {400},
           kClosed},
          {"coding_chunked_and_identity",
           with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", five),
           {400},
           kClosed},
          {"coding_identity_and_length",
           with("Transfer-Encoding: identity\r\nContent-Length: 5\r\n", "hello"),
           {501},
           kClosed},
          {"coding_xchunked", coding("xchunked"), {501}, kClosed},
          {"coding_quoted", coding("\"chunked\""), {400}, kClosed},
          {"coding_with_parameter", coding("chunked;q=1"), {400}, kClosed},
          {"coding_empty", coding(""), {400}, kClosed},
          {"coding_after_a_tab", with("Transfer-Encoding:\tchunked\r\n", five), {200}, kOpen},
          {"coding_trailing_comma", coding("chunked,"), {400}, kClosed},
          {"coding_leading_comma", coding(", chunked"), {400}, kClosed},
          {"coding_chunked_with_a_space_inside", coding("chun ked"), {400}, kClosed},
          {"coding_with_nul", coding("chunked\0"s), {400}, kClosed},
          {"coding_with_delete", coding("chunked\x7f"), {400}, kClosed},
          {"coding_wide_letters", coding("chunked\xC2\xA0"), {400}, kClosed},
          {"coding_cut", coding("chunke"), {501}, kClosed},
          {"coding_on_two_lines_in_two_cases",
           with("Transfer-Encoding: chunked\r\ntransfer-encoding: cow\r\n", five),
           {400},
           kClosed},
          {"coding_smuggled_by_a_bare_newline",
           with("X: 1\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", five),
           {400},
           kClosed},
          {"coding_named_with_underscore",
           with("Transfer_Encoding: chunked\r\nContent-Length: 5\r\n", "hello"),
           {200},
           kOpen},
          {"coding_on_get",
           "GET /probe HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           {200},
           kOpen},
          {"coding_on_get_with_a_body",
           "GET /probe HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + five,
           {413},
           kClosed},
          {"coding_with_vertical_tab",
           coding("\x0b"
                  "chunked"),
           {400},
           kClosed},
          {"coding_space_before_colon", with("Transfer-Encoding : chunked\r\n", five), {400}, kClosed},
          {"coding_folded", with("Transfer-Encoding:\r\n chunked\r\n", five), {400}, kClosed},
          {"coding_in_http10",
           "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n" + five,
           {400},
           kClosed},
      });
}

void add_chunks(std::vector<Case>& all) {
  all.insert(
      all.end(),
      {
          {"chunk_none", chunked("0\r\n\r\n"), {200}, kOpen},
          {"chunk_upper_and_lower_hex", chunked("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n"), {200}, kOpen},
          {"chunk_size_of_16_digits", chunked("0000000000000005\r\nhello\r\n0\r\n\r\n"), {200}, kOpen},
          {"chunk_size_of_17_digits", chunked("00000000000000005\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_last_size_of_17_zeros", chunked("5\r\nhello\r\n00000000000000000\r\n\r\n"), {400}, kClosed},
          {"chunk_size_of_5000_zeros", chunked(std::string(5000, '0') + "5\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_size_overflows", chunked("FFFFFFFFFFFFFFFFF\r\nhello\r\n"), {400}, kClosed},
          {"chunk_size_huge", chunked("FFFFFFFFFFFFFFFF\r\nhello\r\n"), {413}, kClosed},
          {"chunk_size_plus", chunked("+5\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_size_minus", chunked("-5\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_size_0x", chunked("0x5\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_size_missing", chunked("\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_size_space_before", chunked(" 5\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_size_space_after", chunked("5 \r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_size_bare_newline", chunked("5\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_size_bare_return", chunked("5\rhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_size_with_underscore", chunked("1_0\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_size_not_hex", chunked("g\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_size_with_nul", chunked("5\0\r\nhello\r\n0\r\n\r\n"s), {400}, kClosed},
          {"chunk_size_2_63", chunked("8000000000000000\r\nhello\r\n"), {413}, kClosed},
          {"chunk_sizes_that_wrap_together", chunked("5\r\nhello\r\nFFFFFFFFFFFFFFFB\r\nhello\r\n"), {413}, kClosed},
          {"chunk_last_ended_by_newlines", chunked("5\r\nhello\r\n0\n\n"), {400}, kClosed},
          {"chunk_last_ended_by_a_newline", chunked("5\r\nhello\r\n0\r\n\n" + get("/probe")), {400}, kClosed},
          {"chunk_last_with_something_behind", chunked("5\r\nhello\r\n0\r\n\r\n" + get("/probe")), {200, 200}, kOpen},
          {"chunks_of_one_byte",
           [] {
             std::string body;
             for (int i = 0; i < 1000; ++i) body += "1\r\nx\r\n";
             return chunked(body + "0\r\n\r\n");
           }(),
           {200},
           kOpen},
          {"chunk_extension_with_return", chunked("5;a\rb\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_extension_with_quoted_quote", chunked("5;a=\"b\\\"\"\r\nhello\r\n0\r\n\r\n"), {200}, kOpen},
          {"chunk_extension_of_an_open_quote_at_the_end", chunked("5\r\nhello\r\n0;a=\"b\r\n\r\n"), {400}, kClosed},
          {"chunk_extension_of_an_open_quote", chunked("5;a=\"b\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_extension_with_nul", chunked("5;a\0\r\nhello\r\n0\r\n\r\n"s), {400}, kClosed},
          {"chunk_data_too_long", chunked("4\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_data_too_short", chunked("6\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_data_ended_by_newline", chunked("5\r\nhello\n0\r\n\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_extension", chunked("5;a=b\r\nhello\r\n0\r\n\r\n"), {200}, kOpen},  // 9112 7.1.1
          {"chunk_extension_quoted", chunked("5;a=\"b;c\"\r\nhello\r\n0;d\r\n\r\n"), {200}, kOpen},
          {"chunk_extension_of_64", chunked("5;" + std::string(63, 'a') + "\r\nhello\r\n0\r\n\r\n"), {200}, kOpen},
          {"chunk_extension_of_65", chunked("5;" + std::string(64, 'a') + "\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_extension_of_3_million",
           chunked("5;" + std::string(3'000'000, 'a') + "\r\nhello\r\n0\r\n\r\n"),
           {400},
           kClosed},
          {"chunk_extensions_many",
           [] {
             std::string body;
             for (int i = 0; i < 100; ++i) body += "1;aaaaaaaaaaaaaaa\r\nx\r\n";
             return chunked(body + "0\r\n\r\n");
           }(),
           {400},
           kClosed},
          {"chunk_extension_with_newline", chunked("5;a\nb\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"chunk_extension_malformed", chunked("5;;\r\nhello\r\n0\r\n\r\n"), {400}, kClosed},
          {"trailer", chunked("5\r\nhello\r\n0\r\nX: 1\r\n\r\n"), {400}, kClosed},  // 9112 7.1.2 lets it be dropped
          {"trailer_without_body", chunked("0\r\nX: 1\r\n\r\n"), {400}, kClosed},
          {"trailer_injects_authorization", chunked("0\r\nAuthorization: Bearer x\r\n\r\n"), {400}, kClosed},
          {"trailer_injects_length", chunked("0\r\nContent-Length: 50\r\n\r\n"), {400}, kClosed},
          {"trailer_injects_coding", chunked("0\r\nTransfer-Encoding: chunked\r\n\r\n"), {400}, kClosed},
          {"trailer_malformed", chunked("0\r\nX : 1\r\n\r\n"), {400}, kClosed},
          {"trailer_folded", chunked("0\r\nX: 1\r\n 2\r\n\r\n"), {400}, kClosed},
          {"trailer_injects_host", chunked("0\r\nHost: b\r\n\r\n"), {400}, kClosed},
          {"trailer_announced",
           with("Trailer: X\r\nTransfer-Encoding: chunked\r\n", "0\r\nX: 1\r\n\r\n"),
           {400},
           kClosed},
          {"trailer_that_looks_like_a_request", chunked("0\r\nGET /probe HTTP/1.1\r\nHost: a\r\n\r\n"), {400}, kClosed},
          // NOLINTNEXTLINE(bugprone-string-constructor): it is meant to be that long
          {"trailer_of_10_mb_without_an_end", chunked("0\r\nX: " + std::string(10'000'000, 'a')), {400}, kClosed},
          {"trailer_of_200_kb", chunked("0\r\nX: " + std::string(200'000, 'a') + "\r\n\r\n"), {400}, kClosed},
          {"trailer_of_200_kb_in_fields",
           [] {
             std::string fields;
             while (fields.size() < 200'000) fields += "X-Field: value\r\n";
             return chunked("0\r\n" + fields + "\r\n");
           }(),
           {400},
           kClosed},
      });
}

void add_others(std::vector<Case>& all) {
  all.insert(
      all.end(),
      {
          {"expect_continue", with("Expect: 100-continue\r\nContent-Length: 5\r\n", "hello"), {200}, kOpen},
          {"expect_other", with("Expect: 200-ok\r\nContent-Length: 5\r\n", "hello"), {417}, kClosed},  // 9110 10.1.1
          {"coding_of_content_unknown", post("/echo", "hello", "Content-Encoding: br\r\n"), {415}, kClosed},
          {"coding_of_content_list", post("/echo", "hello", "Content-Encoding: gzip, gzip\r\n"), {415}, kClosed},
          {"coding_of_content_twice",
           post("/echo", "hello", "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n"),
           {400},
           kClosed},
          {"coding_of_content_identity", post("/echo", "hello", "Content-Encoding: identity\r\n"), {200}, kOpen},
          {"gzip_that_is_none", post("/echo", "hello", "Content-Encoding: gzip\r\n"), {400}, kClosed},
          {"gzip_of_nothing", post("/echo", "", "Content-Encoding: gzip\r\n"), {400}, kClosed},
          {"expect_continue_twice",
           with("Expect: 100-continue\r\nExpect: 100-continue\r\nContent-Length: 5\r\n", "hello"),
           {200},
           kOpen},
          {"expect_continue_in_http10",
           "POST /echo HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
           {200},
           kClosed},
          {"expect_continue_for_too_much", with("Expect: 100-continue\r\nContent-Length: 5000\r\n"), {413}, kClosed},
          {"body_too_large", post("/echo", std::string(1025, 'x')), {413}, kClosed},
          {"body_too_large_smuggles_nothing", post("/echo", std::string(1025, 'x') + get("/probe")), {413}, kClosed},
          {"lanes_in_one_pipeline",
           get("/slow/1") + get("/probe") + get("/durable/2") + get("/slow/3") + get("/fast/4"),
           {200, 200, 200, 200, 200},
           kOpen},
          {"handler_throws", get("/throws") + get("/probe"), {500, 200}, kOpen},
          {"garbage_after_request", get("/probe") + "\x01\x02\r\n\r\n", {200, 400}, kClosed},
      });
}

}  // namespace

const std::vector<Case>& corpus() {
  static const std::vector<Case> all = [] {
    std::vector<Case> cases;
    add_plain(cases);
    add_request_lines(cases);
    add_targets(cases);
    add_headers(cases);
    add_lengths(cases);
    add_transfer_codings(cases);
    add_chunks(cases);
    add_others(cases);
    return cases;
  }();
  return all;
}

}  // namespace touchstone::http::test
