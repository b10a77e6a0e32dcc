#include "service/codec/json_writer.hpp"

#include <array>
#include <cstdio>
#include <string>

#include <gtest/gtest.h>

namespace touchstone::codec {
namespace {

/// RFC 8785, section 3.2.2.2, one byte after the other.
std::string escaped(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    constexpr std::string_view named = "\b\t\n\f\r\"\\";
    constexpr std::string_view names = "btnfr\"\\";
    if (const auto at = named.find(c); at != std::string_view::npos) {
      out.append({'\\', names[at]});
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::array<char, 8> code{};
      std::snprintf(code.data(), code.size(), "\\u%04x", static_cast<unsigned>(c));
      out += code.data();
    } else {
      out += c;
    }
  }
  return out + '"';
}

TEST(JsonText, EscapesAnyByteAtAnyPlaceAndNoOther) {
  for (std::size_t size = 1; size <= 20; ++size)
    for (std::size_t at = 0; at < size; ++at)
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(byte);
        std::string out = "before";
        append_text(out, text);
        ASSERT_EQ(out, "before" + escaped(text)) << size << " bytes, " << byte << " at " << at;
      }
}

TEST(JsonText, MayConsistOfEscapesAlone) {
  const std::string text = "\"\\\n\"\\\n\"\\\n\x01\x1f";
  std::string out;
  append_text(out, text);
  EXPECT_EQ(out, escaped(text));
}

}  // namespace
}  // namespace touchstone::codec
