#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "storage/acknowledged.hpp"
#include "storage/checkpoint.hpp"
#include "storage/directory.hpp"
#include "storage/examine/parts.hpp"
#include "storage/journal_files.hpp"
#include "storage/listing.hpp"

namespace touchstone::storage::examination {
namespace {

constexpr std::uintmax_t kMiB = 1U << 20U;
constexpr std::uintmax_t kLeastSpace = 64 * kMiB;  ///< a write-ahead log at its limit

std::string size_text(std::uintmax_t bytes) { return fmt::format("{} MiB", bytes / kMiB); }

Finding rights(const std::filesystem::path& directory) {
  struct stat about {};
  if (stat(directory.c_str(), &about) != 0)
    return problem("permissions", std::generic_category().message(errno), "Run this as the user who serves it.");
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return problem("permissions", "others may enter the directory, and it holds secrets",
                   fmt::format("chmod 700 {}", directory.string()));
  if (access(directory.c_str(), W_OK) != 0)
    return problem("permissions", "this user cannot write to it", "Serve it as its owner.");
  return fine("permissions", "only its owner may enter");
}

/// Whoever holds a lock on the file, as the kernel lists it: asking for the lock could keep a server from starting.
std::string holder_of(const std::filesystem::path& lock) {
  struct stat about {};
  if (stat(lock.c_str(), &about) != 0) return {};
  std::ifstream locks("/proc/locks");
  const std::string inode = fmt::format(":{}", about.st_ino);
  std::array<std::string, 6> field;
  for (std::string line; std::getline(locks, line);) {
    std::istringstream words(line);
    for (std::string& word : field) words >> word;
    if (field[1] == "FLOCK" && field[5].ends_with(inode)) return field[4];
  }
  return {};
}

Finding held(const std::filesystem::path& directory) {
  const std::string holder = holder_of(Directory::lock_of(directory));
  if (!holder.empty()) return fine("lock", "process " + holder + " serves it");
  std::error_code error;
  if (std::filesystem::exists(Directory::socket_of(directory), error))
    return note("lock", "nobody serves it, and the one who did last was killed",
                "Nothing: the next start takes over what it left.");
  return fine("lock", "nobody serves it");
}

std::uintmax_t largest_file(const std::filesystem::path& directory) {
  std::uintmax_t largest = 0;
  std::error_code error;
  for (const std::string& name : names_in(directory))
    if (std::filesystem::is_regular_file(directory / name, error))
      largest = std::max(largest, std::filesystem::file_size(directory / name, error));
  return largest;
}

Finding room(const std::filesystem::path& directory) {
  struct statvfs about {};
  if (statvfs(directory.c_str(), &about) != 0)
    return problem("space", std::generic_category().message(errno), "See whether the disk is mounted.");
  const std::uintmax_t left = std::uintmax_t{about.f_bavail} * about.f_frsize;
  const std::string text = size_text(left) + " free";
  if ((about.f_flag & ST_RDONLY) != 0)
    return problem("space", "the file system is read-only", "See what the kernel says of the disk, and mount it anew.");
  if (left < kLeastSpace)
    return problem("space", text, "Give the disk room: at " + size_text(kLeastSpace) + " writes fail.");
  if (left < largest_file(directory))
    return note("space", text + ", less than the largest file",
                "Give the disk room: a copy before a migration would not fit.");
  return fine("space", text);
}

/// "catalogue.db-wal" belongs to "catalogue.db".
std::string_view database_of(std::string_view name) {
  for (const std::string_view ending : {"-wal", "-shm"})
    if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  return name;
}

bool is_checkpoint(const std::filesystem::path& directory, const std::string& name) {
  std::uint32_t environment = 0;
  const auto number = name.find_last_not_of("0123456789") + 1;
  const auto read = std::from_chars(name.data() + number, name.data() + name.size(), environment);
  return read.ec == std::errc{} && name == Checkpoint::file_of(directory, environment).filename();
}

bool ours(const std::filesystem::path& directory, const std::string& name) {
  const auto database = database_of(name);
  if (database == Directory::catalogue_of(directory).filename() || is_journal(database)) return true;
  return is_checkpoint(directory, name) || name == Directory::lock_of(directory).filename() ||
         name == Directory::socket_of(directory).filename() || name == Acknowledged::file_of(directory).filename() ||
         name == "backups" || name.ends_with(".txt");
}

void strangers(const std::filesystem::path& directory, Findings& findings) {
  auto names = names_in(directory);
  std::erase_if(names, [&](const std::string& name) { return ours(directory, name); });
  if (names.empty()) findings.push_back(fine("files", "nothing lies there that does not belong"));
  for (const std::string& name : names)
    findings.push_back(note("files", name + " belongs to nobody here", "Remove it if you know that nobody needs it."));
}

}  // namespace

void examine_folder(const std::filesystem::path& directory, Findings& findings) {
  findings.push_back(rights(directory));
  findings.push_back(held(directory));
  findings.push_back(room(directory));
  strangers(directory, findings);
}

void examine_copies(const std::filesystem::path& directory, Findings& findings) {
  const auto folder = directory / "backups";
  for (const std::string& name : names_in(folder)) {
    const std::string subject = "backups/" + name;
    if (name.ends_with(".partial"))
      findings.push_back(note(subject, "a copy that was not finished", "Remove it."));
    else if (name.ends_with(".db"))
      findings.push_back(examine_copy(folder / name, subject));
  }
}

}  // namespace touchstone::storage::examination
