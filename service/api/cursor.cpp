#include "service/api/cursor.hpp"

#include <charconv>
#include <utility>

#include <sodium.h>

namespace touchstone::api {

namespace {

constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

Error no_cursor() { return {ErrorCode::invalid, "not a cursor", "/after", "Send the \"next\" of the page before."}; }

Result<std::string> read_cursor(std::string_view text) {
  std::string last(text.size(), '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int refused = sodium_base642bin(reinterpret_cast<unsigned char*>(last.data()), last.size(), text.data(),
                                        text.size(), nullptr, &size, &end, kVariant);
  if (refused != 0 || end != text.data() + text.size()) return no_cursor();
  last.resize(size);
  return last;
}

}  // namespace

std::string cursor_of(std::string_view last) {
  std::string text(sodium_base64_ENCODED_LEN(last.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(last.data()), last.size(),
                    kVariant);
  text.pop_back();  // the terminating NUL
  return text;
}

Result<Page<std::string>> read_page(std::string_view text) {
  auto query = Query::read(text);
  if (!query) return query.error();
  const auto limit = query->limit();
  if (!limit) return limit.error();
  auto after = read_cursor(query->text("after"));
  if (!after) return after.error();
  return Page<std::string>{*std::move(query), *limit, *std::move(after)};
}

Result<Page<std::uint64_t>> read_numbered_page(std::string_view text) {
  auto page = read_page(text);
  if (!page) return page.error();
  const std::string& last = page->after;
  std::int64_t number = 0;
  if (!last.empty()) {
    const auto [end, problem] = std::from_chars(last.data(), last.data() + last.size(), number);
    if (problem != std::errc{} || end != last.data() + last.size() || number < 0) return no_cursor();
  }
  return Page<std::uint64_t>{std::move(page->query), page->limit, static_cast<std::uint64_t>(number)};
}

}  // namespace touchstone::api
