#pragma once

#include <string_view>

#include "service/http/counters.hpp"

namespace touchstone::http {

/// An answer the server gives in the place of a handler.
struct Refusal {
  int status;
  Reason reason;
  std::string_view detail;  ///< what is wrong
  std::string_view hint;    ///< what to do about it
};

namespace refusal {

inline constexpr Refusal request_line{400, Reason::malformed, "The request line breaks the HTTP grammar.",
                                      "Send `METHOD SP target SP HTTP/1.1 CRLF`."};
inline constexpr Refusal header_line{
    400, Reason::malformed, "A header line breaks the HTTP grammar.",
    "Send `Name: value CRLF`, without control characters or a space before the colon."};
inline constexpr Refusal bare_newline{400, Reason::malformed, "A line of the head ends without a carriage return.",
                                      "End each line with CRLF."};
inline constexpr Refusal folded{400, Reason::malformed, "A header value continues on the next line.",
                                "Put each header on one line."};
inline constexpr Refusal repeated{400, Reason::malformed, "A header that may stand once stands twice.",
                                  "Send Host, Content-Length, Content-Type, Authorization and the like once."};
inline constexpr Refusal host{400, Reason::malformed, "The Host header is missing or is not a host.",
                              "HTTP/1.1 asks for exactly one Host header."};
inline constexpr Refusal length{400, Reason::malformed, "Content-Length is not one decimal number.",
                                "Send the body's size in bytes as digits, once."};
inline constexpr Refusal two_lengths{400, Reason::malformed, "The body's end is given in two ways.",
                                     "Send either Content-Length or Transfer-Encoding, once."};
inline constexpr Refusal transfer_coding{400, Reason::malformed, "Transfer-Encoding may only be `chunked`.",
                                         "Send `Transfer-Encoding: chunked` or a Content-Length."};
inline constexpr Refusal transfer_version{400, Reason::malformed, "HTTP/1.0 knows no Transfer-Encoding.",
                                          "Send a Content-Length, or speak HTTP/1.1."};
inline constexpr Refusal chunk{400, Reason::malformed, "A chunk of the body breaks the HTTP grammar or its limits.",
                               "Send `size CRLF data CRLF` with the size in at most 16 hexadecimal digits."};
inline constexpr Refusal trailer{400, Reason::malformed, "Fields after the body are not read here.",
                                 "Send all headers before the body."};
inline constexpr Refusal gzip{400, Reason::malformed, "The body is not the gzip stream its Content-Encoding promises.",
                              "Compress it again, or send it plain."};
inline constexpr Refusal target{400, Reason::bad_target, "The request target is not a plain path.",
                                "Start it with one `/`; no `//`, `.` or `..` segments, backslash, `;`, `#`, encoded "
                                "slash, control character, broken %-escape or invalid UTF-8."};
inline constexpr Refusal timeout{408, Reason::timeout, "The request did not arrive in time.",
                                 "Send it again, without pauses."};
inline constexpr Refusal no_route{404, Reason::no_route, "Nothing is served at this path.",
                                  "Check the path against the API's description."};
inline constexpr Refusal wrong_method{405, Reason::wrong_method, "This path does not answer that method.",
                                      "The Allow header names those it answers."};
inline constexpr Refusal unknown_method{501, Reason::wrong_method, "This method is not known here.",
                                        "Use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS."};
inline constexpr Refusal body_size{413, Reason::too_large, "The body is larger than this route reads.",
                                   "Send less at once."};
inline constexpr Refusal target_size{414, Reason::too_large, "The request target is too long.",
                                     "Send the data in a body."};
inline constexpr Refusal head_size{431, Reason::too_large, "The request's headers are too many or too long.",
                                   "Send fewer or shorter headers."};
inline constexpr Refusal coding{415, Reason::unsupported, "This Content-Encoding is not read here.",
                                "Send the body plain or as gzip."};
inline constexpr Refusal expectation{417, Reason::unsupported, "Only the expectation `100-continue` is known here.",
                                     "Leave the Expect header out."};
inline constexpr Refusal unknown_transfer{501, Reason::unsupported, "This Transfer-Encoding is not known here.",
                                          "Send `Transfer-Encoding: chunked` or a Content-Length."};
inline constexpr Refusal version{505, Reason::unsupported, "This HTTP version is not spoken here.", "Speak HTTP/1.1."};
inline constexpr Refusal queue_full{503, Reason::busy, "Too many requests of this kind are waiting.",
                                    "Try again after a moment."};
inline constexpr Refusal too_many_connections{503, Reason::busy, "Too many connections are open.",
                                              "Try again after a moment, over fewer connections."};
inline constexpr Refusal too_many_streams{503, Reason::busy, "Too many streams are open.",
                                          "Try again after a moment, or ask from time to time instead."};
inline constexpr Refusal draining{503, Reason::busy, "The service stopped before this request was done.",
                                  "Send it again; it may or may not have taken effect."};
inline constexpr Refusal no_memory{503, Reason::handler_failed, "There is not enough memory for this request.",
                                   "Try again after a moment."};
inline constexpr Refusal failed{500, Reason::handler_failed, "The request failed inside the service.",
                                "Report the X-Request-Id; the service's log holds the cause."};
inline constexpr Refusal dropped{500, Reason::handler_failed, "The service gave up this request without an answer.",
                                 "Report the X-Request-Id; it may or may not have taken effect."};

}  // namespace refusal
}  // namespace touchstone::http
