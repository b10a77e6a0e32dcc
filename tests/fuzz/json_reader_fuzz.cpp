// The strict reader against another parser and against itself: what it accepts is JSON to both, its canonical form is a
// fixed point, and what it calls no JSON is none to the other, but for what only this reader refuses.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "service/codec/canonical_json.hpp"
#include "service/codec/json.hpp"

namespace {

using touchstone::codec::JsonFault;

void require(bool holds) {
  if (!holds) std::abort();
}

/// Refused by this reader alone: NUL after the value, a byte order mark, depth, exponents that overflow.
bool refused_on_purpose(std::string_view text, std::string_view message) {
  return text.find('\0') != std::string_view::npos || text.starts_with("\xEF\xBB\xBF") ||
         message.find("deep") != std::string_view::npos || message.find("range of a double") != std::string_view::npos;
}

void check_canonical(const std::string& text) {
  const auto once = touchstone::codec::canonical_json(text);
  if (!once) return;
  const auto twice = touchstone::codec::canonical_json(*once);
  require(twice.ok() && *twice == *once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  static touchstone::codec::JsonDocument document;
  const auto read = document.read(text);
  const bool other = nlohmann::json::accept(text);
  if (read) {
    require(other);
    check_canonical(text);
  } else {
    require(!read.error().message.empty() && !read.error().hint.empty());
    require(document.fault() != JsonFault::none);
    if (document.fault() == JsonFault::grammar) require(!other || refused_on_purpose(text, read.error().message));
  }
  return 0;
}
