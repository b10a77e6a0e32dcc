#include "assign/utf8.hpp"

#include <string>

#include <gtest/gtest.h>

namespace touchstone::assign {
namespace {

using namespace std::string_view_literals;

TEST(Utf8, AsciiIsBelow0x80AtAnyPlace) {
  for (std::size_t size = 0; size <= 20; ++size) {
    std::string text(size, '\x7f');
    EXPECT_TRUE(is_ascii(text)) << size;
    for (std::size_t at = 0; at < size; ++at) {
      text[at] = '\x80';
      EXPECT_FALSE(is_ascii(text)) << at << " of " << size;
      EXPECT_FALSE(is_utf8(text)) << at << " of " << size;
      text[at] = '\x7f';
    }
  }
}

// Table 3-7 of The Unicode Standard 15.0 and its neighbours.
TEST(Utf8, WellFormedAfterAsciiOfAnyLengthOrNot) {
  for (std::size_t before = 0; before < 10; ++before) {
    const std::string ascii(before, 'a');
    for (const auto good :
         {"\xC2\x80"sv, "\xDF\xBF"sv, "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv, "\xF0\x90\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv})
      EXPECT_TRUE(is_utf8(ascii + std::string(good))) << before;
    for (const auto bad : {"\xC1\xBF"sv, "\xC2"sv, "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv, "\xF0\x8F\xBF\xBF"sv,
                           "\xF4\x90\x80\x80"sv, "\xFF"sv})
      EXPECT_FALSE(is_utf8(ascii + std::string(bad))) << before;
  }
}

}  // namespace
}  // namespace touchstone::assign
