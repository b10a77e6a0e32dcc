#include "service/cli/line_reader.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>

namespace touchstone::cli {
namespace {

class LineReaderTest : public testing::Test {
 protected:
  std::string file(const std::string& name) { return (folder_ / name).string(); }

  std::string plain(const std::string& text) {
    std::ofstream(file("plain"), std::ios::binary) << text;
    return file("plain");
  }

  std::string gzip(const std::string& text) {
    auto* to = gzopen(file("text.gz").c_str(), "wb");
    gzwrite(to, text.data(), static_cast<unsigned>(text.size()));
    gzclose(to);
    return file("text.gz");
  }

  static std::vector<std::string> lines(const std::string& path) {
    auto reader = LineReader::open(path).value();
    std::vector<std::string> all;
    for (std::string_view line; reader.next(line).value();) all.emplace_back(line);
    EXPECT_EQ(reader.line_number(), all.size());
    return all;
  }

  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

 private:
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() /
      ("touchstone_line_reader_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(LineReaderTest, AFileMayEndWithoutALineFeed) {
  for (const auto& [text, unfinished] : {std::pair("a\nb\n", false), {"a\nb", true}}) {
    auto reader = LineReader::open(plain(text)).value();
    std::string_view line;
    ASSERT_TRUE(reader.next(line).value());
    EXPECT_FALSE(reader.unfinished());
    ASSERT_TRUE(reader.next(line).value());
    EXPECT_EQ(reader.unfinished(), unfinished) << text;
  }
}

TEST_F(LineReaderTest, ReadsPlainAndGzipAlike) {
  const std::vector<std::string> expected{"one", "", "three"};
  EXPECT_EQ(lines(plain("one\n\nthree\n")), expected);
  EXPECT_EQ(lines(plain("one\n\nthree")), expected);
  EXPECT_EQ(lines(gzip("one\n\nthree\n")), expected);
  EXPECT_TRUE(lines(plain("")).empty());
}

TEST_F(LineReaderTest, KeepsLinesWholeAcrossBlocks) {
  std::string text;
  std::vector<std::string> expected;
  for (std::size_t i = 0; i < 60; ++i) {
    expected.emplace_back(100'000 + i, static_cast<char>('a' + i % 26));
    text += expected.back() + "\n";
  }
  EXPECT_EQ(lines(gzip(text)), expected);
  const std::string longest(3'000'000, 'x');
  EXPECT_EQ(lines(plain(longest + "\nend")), (std::vector<std::string>{longest, "end"}));
}

TEST_F(LineReaderTest, NamesWhatIsNotThere) {
  const auto missing = LineReader::open(file("missing"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_EQ(LineReader::open(std::filesystem::temp_directory_path().string()).error().code, ErrorCode::invalid);
}

TEST_F(LineReaderTest, NoticesACutOrDamagedArchive) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919) + "\n";
  const auto whole = gzip(text);
  std::filesystem::resize_file(whole, std::filesystem::file_size(whole) / 2);
  auto reader = LineReader::open(whole).value();
  std::string_view line;
  auto more = reader.next(line);
  while (more && *more) more = reader.next(line);
  ASSERT_FALSE(more);
  EXPECT_NE(more.error().message.find("end early or are damaged"), std::string::npos) << more.error().message;
}

}  // namespace
}  // namespace touchstone::cli
