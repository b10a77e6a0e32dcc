#include "service/codec/json_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace touchstone::codec {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

/// Bytes that a text may not hold as they are.
constexpr bool must_escape(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

/// The same asked of eight bytes at once: in each, the highest bit tells whether it is below a bound or equal to a
/// character. (Sean Eron Anderson, Bit Twiddling Hacks: determine if a word has a zero byte, a byte less than n.)
constexpr bool one_must_be_escaped(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t each = 0x0101010101010101U;
  constexpr std::uint64_t high = 0x80 * each;
  const auto zero = [](std::uint64_t x) { return (x - each) & ~x; };
  const auto low = (bytes - 0x20 * each) & ~bytes;
  return ((low | zero(bytes ^ ('"' * each)) | zero(bytes ^ ('\\' * each))) & high) != 0;
}

/// Of a text's beginning that may stand as it is.
std::size_t plain_size(std::string_view text) noexcept {
  std::size_t at = 0;
  for (std::uint64_t bytes = 0; text.size() - at >= sizeof bytes; at += sizeof bytes) {
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    if (one_must_be_escaped(bytes)) break;
  }
  while (at < text.size() && !must_escape(text[at])) ++at;
  return at;
}

void append_escape(std::string& out, char c) {
  out += '\\';
  switch (c) {
    case '"':
    case '\\':
      out += c;
      break;
    case '\b':
      out += 'b';
      break;
    case '\t':
      out += 't';
      break;
    case '\n':
      out += 'n';
      break;
    case '\f':
      out += 'f';
      break;
    case '\r':
      out += 'r';
      break;
    default:
      out.append("u00").append(1, kHex[static_cast<unsigned char>(c) >> 4U]).append(1, kHex[c & 0x0F]);
  }
}

/// The shortest digits of a positive double, as an integer without its zeros, and where the point lies:
/// value = 0.digits * 10^point.
struct Decimal {
  std::array<char, 24> digits{};
  int count = 0;
  int point = 0;
};

Decimal shortest(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific).ptr;
  Decimal decimal;
  const char* at = text.data();
  for (; *at != 'e'; ++at)
    if (*at != '.') decimal.digits[static_cast<std::size_t>(decimal.count++)] = *at;
  ++at;
  if (*at == '+') ++at;
  int exponent = 0;
  std::from_chars(at, end, exponent);
  decimal.point = exponent + 1;
  return decimal;
}

void append_zeros(std::string& out, int count) { out.append(static_cast<std::size_t>(count), '0'); }

void append_exponent(std::string& out, std::string_view digits, int exponent) {
  out += digits.front();
  if (digits.size() > 1) out.append(1, '.').append(digits.substr(1));
  out.append(exponent < 0 ? "e-" : "e+").append(std::to_string(std::abs(exponent)));
}

/// ECMAScript, Number::toString, for radix 10.
void append_positive(std::string& out, double value) {
  const Decimal decimal = shortest(value);
  const std::string_view digits(decimal.digits.data(), static_cast<std::size_t>(decimal.count));
  const int k = decimal.count;
  const int n = decimal.point;
  if (k <= n && n <= 21) {
    out.append(digits);
    append_zeros(out, n - k);
  } else if (0 < n && n <= 21) {
    const auto whole = static_cast<std::size_t>(n);
    out.append(digits.substr(0, whole)).append(1, '.').append(digits.substr(whole));
  } else if (-6 < n && n <= 0) {
    out += "0.";
    append_zeros(out, -n);
    out.append(digits);
  } else {
    append_exponent(out, digits, n - 1);
  }
}

template <class Integer>
void append_integer(std::string& out, Integer value) {
  std::array<char, 24> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  out.append(text.data(), end);
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
  out += '"';
  for (auto plain = plain_size(text); plain < text.size(); plain = plain_size(text)) {
    out.append(text, 0, plain);
    append_escape(out, text[plain]);
    text.remove_prefix(plain + 1);
  }
  out.append(text);
  out += '"';
}

void append_number(std::string& out, double value) {
  constexpr double exact = 9007199254740992.0;  // 2^53: integers up to here need no search for the shortest form
  if (!std::isfinite(value)) {
    out += "null";
  } else if (std::abs(value) < exact && value == std::trunc(value)) {
    append_integer(out, static_cast<std::int64_t>(value));
  } else {
    if (value < 0) out += '-';
    append_positive(out, std::abs(value));
  }
}

void JsonWriter::separate() {
  if (!first_) *out_ += ',';
  first_ = false;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  *out_ += bracket;
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  *out_ += bracket;
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_text(*out_, name);
  *out_ += ':';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  separate();
  append_text(*out_, value);
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  separate();
  append_number(*out_, value);
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  separate();
  append_integer(*out_, value);
  return *this;
}

JsonWriter& JsonWriter::natural(std::uint64_t value) {
  separate();
  append_integer(*out_, value);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) { return raw(value ? "true" : "false"); }

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_->append(json);
  return *this;
}

}  // namespace touchstone::codec
