#include "service/api/cursor.hpp"

#include <charconv>

#include <sodium.h>

namespace touchstone::api {

namespace {

constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

Error no_cursor() { return {ErrorCode::invalid, "not a cursor", "/after", "Send the \"next\" of the page before."}; }

}  // namespace

std::string cursor_of(std::string_view last) {
  std::string text(sodium_base64_ENCODED_LEN(last.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(last.data()), last.size(),
                    kVariant);
  text.pop_back();  // the terminating NUL
  return text;
}

Result<std::string> read_cursor(const Query& query) {
  const auto text = query.text("after");
  std::string last(text.size(), '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int refused = sodium_base642bin(reinterpret_cast<unsigned char*>(last.data()), last.size(), text.data(),
                                        text.size(), nullptr, &size, &end, kVariant);
  if (refused != 0 || end != text.data() + text.size()) return no_cursor();
  last.resize(size);
  return last;
}

Result<std::uint64_t> read_number_cursor(const Query& query) {
  const auto last = read_cursor(query);
  if (!last) return last.error();
  std::int64_t number = 0;
  if (last->empty()) return std::uint64_t{0};
  const auto [end, problem] = std::from_chars(last->data(), last->data() + last->size(), number);
  if (problem != std::errc{} || end != last->data() + last->size() || number < 0) return no_cursor();
  return static_cast<std::uint64_t>(number);
}

}  // namespace touchstone::api
