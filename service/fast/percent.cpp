#include "service/fast/percent.hpp"

#include <algorithm>
#include <cstddef>

#include "assign/utf8.hpp"

namespace touchstone::fast {

namespace {

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool stands_for_another(char c) noexcept { return c == '%' || c == '+'; }

}  // namespace

Status append_decoded(std::string& out, std::string_view encoded, char plus) {
  const std::size_t begin = out.size();
  const auto plain = static_cast<std::size_t>(std::ranges::find_if(encoded, stands_for_another) - encoded.begin());
  out.append(encoded, 0, plain);
  for (std::size_t i = plain; i < encoded.size(); ++i) {
    if (encoded[i] != '%') {
      out += encoded[i] == '+' ? plus : encoded[i];
      continue;
    }
    const int high = i + 2 < encoded.size() ? hex_digit(encoded[i + 1]) : -1;
    const int low = i + 2 < encoded.size() ? hex_digit(encoded[i + 2]) : -1;
    if (high < 0 || low < 0) return Error{ErrorCode::invalid, "a % without two hex digits", "", "Write a % as %25."};
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (!assign::is_utf8(std::string_view(out).substr(begin)))
    return Error{ErrorCode::invalid, "not well-formed UTF-8", "", "Encode the query as UTF-8."};
  return ok();
}

EncodedParameter take_parameter(std::string_view& query) noexcept {
  const auto part = query.substr(0, query.find('&'));
  query.remove_prefix(std::min(query.size(), part.size() + 1));
  const auto split = std::min(part.find('='), part.size());
  return {part.substr(0, split), part.substr(std::min(part.size(), split + 1))};
}

}  // namespace touchstone::fast
