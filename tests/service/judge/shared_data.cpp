#include "tests/service/judge/shared_data.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>

#include <zlib.h>

namespace touchstone::judge {

namespace fs = std::filesystem;

fs::path data_set(const std::string& name) {
  const char* given = std::getenv("TOUCHSTONE_SHARED");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  const fs::path shared = given != nullptr ? fs::path(given) : fs::path(TOUCHSTONE_SOURCE_DIR) / ".." / "shared";
  const fs::path folder = shared / "data" / name;
  return fs::exists(folder / "expected.json") ? folder : fs::path{};
}

std::string inflated(const fs::path& file) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> in(gzopen(file.c_str(), "rb"), gzclose);
  if (!in) throw std::runtime_error("cannot open " + file.string());
  std::string text;
  std::array<char, 65536> block{};
  for (int got = 0; (got = gzread(in.get(), block.data(), block.size())) > 0;)
    text.append(block.data(), static_cast<std::size_t>(got));
  return text;
}

nlohmann::json expected(const fs::path& data_set) {
  std::ifstream in(data_set / "expected.json");
  return nlohmann::json::parse(in);
}

namespace {

std::vector<std::string_view> parts(std::string_view text, char at) {
  std::vector<std::string_view> all;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(at, begin), text.size());
    all.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return all;
}

}  // namespace

std::vector<std::string_view> lines(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  std::vector<std::string_view> all = parts(text, '\n');
  for (std::string_view& line : all)
    if (line.ends_with('\r')) line.remove_suffix(1);
  return all;
}

std::vector<std::string_view> fields(std::string_view line) { return parts(line, ','); }

}  // namespace touchstone::judge
