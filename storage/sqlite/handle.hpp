#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

struct sqlite3;

namespace touchstone::storage::sqlite {

enum class Access : std::uint8_t {
  write,   ///< the one connection of a file that writes and checkpoints; creates the file
  read,    ///< read-only and query_only; never checkpoints
  memory,  ///< a database of its own, for proving statements
};

/// A connection. Throws Failure, with the file's name in the text.
class Handle {
 public:
  Handle(const std::filesystem::path& file, Access access);

  /// Runs a fixed script; rows are ignored.
  void run(std::string_view script);
  [[nodiscard]] std::int64_t last_rowid() const noexcept;

  /// Moves the write-ahead log into the database, both synced: afterwards all that can be read survives power loss.
  void checkpoint();

  /// Writes the file anew and empties its log: no page of either keeps what was once removed. Takes as long as reading
  /// and writing the file three times, and room for as much twice more. Fails while somebody reads for over a second.
  void rebuild();

  /// Makes the names of the file and its log durable. SQLite tries, but does not say when it fails.
  void sync_folder() const;

  /// Closing will leave the write-ahead log as it is.
  void keep_log_on_close() noexcept;

  /// The database's own check of its pages.
  void check();

  /// A copy of everything committed, synced and checked.
  void copy_to(const std::filesystem::path& file);

  [[nodiscard]] sqlite3* raw() const noexcept { return db_.get(); }
  [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }
  [[noreturn]] void fail(int code) const;

 private:
  struct Close {
    void operator()(sqlite3* db) const noexcept;
  };

  std::filesystem::path file_;
  std::unique_ptr<sqlite3, Close> db_;
};

}  // namespace touchstone::storage::sqlite
