#pragma once

#include <filesystem>
#include <vector>

#include "assign/result.hpp"

namespace touchstone::storage {

/// A data directory, held by this process alone for as long as the object lives. The kernel drops the hold when the
/// process ends, however it ends.
class Directory {
 public:
  /// Creates the directory where there is none (mode 0700) and takes its lock.
  /// Errors: conflict "in use by process N"; unavailable where the file system refuses.
  static Result<Directory> open(const std::filesystem::path& path);

  Directory(Directory&& other) noexcept;
  Directory& operator=(Directory&& other) noexcept;
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory();

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] std::filesystem::path catalogue() const { return catalogue_of(path_); }
  /// Where commands that change the directory reach the process that serves it.
  [[nodiscard]] std::filesystem::path socket() const { return socket_of(path_); }
  /// The same for a directory that somebody else may hold.
  [[nodiscard]] static std::filesystem::path socket_of(const std::filesystem::path& data);
  [[nodiscard]] static std::filesystem::path catalogue_of(const std::filesystem::path& data);
  [[nodiscard]] static std::filesystem::path lock_of(const std::filesystem::path& data);
  /// Copies made before a migration.
  [[nodiscard]] std::filesystem::path backups() const;

 private:
  Directory(std::filesystem::path path, int lock) noexcept;

  std::filesystem::path path_;
  int lock_ = -1;
};

}  // namespace touchstone::storage
