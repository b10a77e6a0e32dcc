#include "service/cli/line_reader.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

namespace touchstone::cli {
namespace {

constexpr std::size_t block = std::size_t{1} << 20;

std::uint64_t size_of(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

}  // namespace

void LineReader::Close::operator()(gzFile_s* file) const { gzclose_r(file); }

Result<LineReader> LineReader::open(const std::string& path) {
  const bool standard_input = path == "-";
  LineReader reader;
  reader.name_ = standard_input ? "standard input" : path;
  if (!standard_input && !std::filesystem::exists(path))
    return Error{ErrorCode::not_found, path + ": no such file", "", "check the path"};
  if (!standard_input && !std::filesystem::is_regular_file(path))
    return Error{ErrorCode::invalid, path + ": not a file", "", "give a file, or - for standard input"};
  reader.file_.reset(standard_input ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path.c_str(), "rb"));
  if (!reader.file_) return Error{ErrorCode::invalid, path + ": cannot be opened", "", "check its permissions"};
  gzbuffer(reader.file_.get(), static_cast<unsigned>(block));
  reader.bytes_total_ = standard_input ? 0 : size_of(path);
  reader.buffer_.resize(block);
  return reader;
}

std::uint64_t LineReader::bytes_read() const {
  const auto at = gzoffset(file_.get());
  return at < 0 ? 0 : static_cast<std::uint64_t>(at);
}

Error LineReader::broken(std::string what, std::string hint) const {
  return {ErrorCode::invalid, fmt::format("{}, line {}: {}", name_, line_number_ + 1, what), "", std::move(hint)};
}

Result<bool> LineReader::next(std::string_view& line) {
  for (std::size_t searched = begin_;;) {
    const auto* feed = static_cast<const char*>(std::memchr(buffer_.data() + searched, '\n', end_ - searched));
    const bool last = feed == nullptr && at_end_;
    if (last && begin_ == end_) return false;
    if (feed != nullptr || last) {
      const auto stop = last ? end_ : static_cast<std::size_t>(feed - buffer_.data());
      line = {buffer_.data() + begin_, stop - begin_};
      begin_ = std::min(stop + 1, end_);
      unfinished_ = last;
      ++line_number_;
      return true;
    }
    const auto known = end_ - begin_;
    if (auto filled = fill(); !filled) return filled;
    searched = begin_ + known;
  }
}

Result<std::string> read_whole(const std::string& path) {
  auto lines = LineReader::open(path);
  if (!lines) return lines.error();
  std::string text;
  for (std::string_view line;;) {
    const auto read = lines->next(line);
    if (!read) return read.error();
    if (!*read) return text;
    text.append(line).push_back('\n');
  }
}

/// Moves what is left to the front and reads behind it.
Result<bool> LineReader::fill() {
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_), buffer_.begin() + static_cast<std::ptrdiff_t>(end_),
            buffer_.begin());
  end_ -= begin_;
  begin_ = 0;
  if (end_ >= longest_line) return broken("longer than 64 MiB", "is this a text file with line ends?");
  if (end_ == buffer_.size()) buffer_.resize(2 * buffer_.size());
  const auto got = gzread(file_.get(), buffer_.data() + end_, static_cast<unsigned>(buffer_.size() - end_));
  int code = Z_OK;
  const std::string_view why = gzerror(file_.get(), &code);
  if (got < 0 || code == Z_BUF_ERROR)
    return broken(fmt::format("the compressed data end early or are damaged ({})", why), "copy the file again");
  at_end_ = got == 0;
  end_ += static_cast<std::size_t>(got);
  return true;
}

}  // namespace touchstone::cli
