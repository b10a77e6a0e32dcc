#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"

struct gzFile_s;

namespace touchstone::cli {

/// The lines of a file, plain or gzip, or of standard input ("-"), in bounded memory. Not thread-safe.
class LineReader {
 public:
  /// Longest line that is read; a longer one is an error, not memory.
  static constexpr std::size_t longest_line = std::size_t{64} << 20;

  /// not_found where there is no such file.
  static Result<LineReader> open(const std::string& path);

  /// The next line without its line feed, valid until the next call; false at the end. A damaged or cut gzip stream is
  /// an error.
  Result<bool> next(std::string_view& line);

  /// Whether the last line ended with the file and not with a line feed.
  [[nodiscard]] bool unfinished() const noexcept { return unfinished_; }
  [[nodiscard]] std::uint64_t line_number() const noexcept { return line_number_; }
  [[nodiscard]] std::uint64_t bytes_read() const;                                    ///< of the file as it lies there
  [[nodiscard]] std::uint64_t bytes_total() const noexcept { return bytes_total_; }  ///< 0 = unknown
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  struct Close {
    void operator()(gzFile_s* file) const;
  };

  LineReader() = default;
  Result<bool> fill();
  [[nodiscard]] Error broken(std::string what, std::string hint) const;

  std::string name_;
  std::unique_ptr<gzFile_s, Close> file_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool at_end_ = false;
  bool unfinished_ = false;
  std::uint64_t line_number_ = 0;
  std::uint64_t bytes_total_ = 0;
};

/// All of it, each line with its line feed.
[[nodiscard]] Result<std::string> read_whole(const std::string& path);

}  // namespace touchstone::cli
