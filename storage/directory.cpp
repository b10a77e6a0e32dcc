#include "storage/directory.hpp"

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace touchstone::storage {
namespace {

Error refused(const std::filesystem::path& path, int error) {
  return {ErrorCode::unavailable, fmt::format("{}: {}", path.string(), std::generic_category().message(error)), {}, {}};
}

/// The process id that the holder wrote into the lock file.
std::string holder(int lock) {
  std::array<char, 32> text{};
  const ssize_t size = pread(lock, text.data(), text.size(), 0);
  return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "unknown";
}

/// Makes the names inside a folder survive power loss.
Status sync(const std::filesystem::path& folder) {
  const int open_folder = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = open_folder >= 0 && fsync(open_folder) == 0;
  Status done = synced ? ok() : refused(folder, errno);
  if (open_folder >= 0) close(open_folder);
  return done;
}

Status create(const std::filesystem::path& path) {
  std::error_code error;
  const auto parent = std::filesystem::absolute(path).parent_path();
  std::filesystem::create_directories(parent, error);
  if (error) return refused(parent, error.value());
  if (mkdir(path.c_str(), S_IRWXU) == 0) return sync(parent);
  if (errno != EEXIST) return refused(path, errno);
  return std::filesystem::is_directory(path, error) ? ok() : refused(path, ENOTDIR);
}

Error in_use(const std::filesystem::path& path, int lock) {
  return {ErrorCode::conflict,
          fmt::format("{} is in use by process {}", path.string(), holder(lock)),
          {},
          "Stop that process, or give the command to it: it listens on the directory's own socket."};
}

Status sign(const std::filesystem::path& path, int lock) {
  const std::string id = std::to_string(getpid());
  const bool written = ftruncate(lock, 0) == 0 && pwrite(lock, id.data(), id.size(), 0) == std::ssize(id);
  return written ? ok() : refused(path, errno);
}

}  // namespace

Result<Directory> Directory::open(const std::filesystem::path& path) {
  if (const Status created = create(path); !created) return created.error();
  const auto file = lock_of(path);
  const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (lock < 0) return refused(file, errno);
  Directory directory(path, lock);
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) return errno == EWOULDBLOCK ? in_use(path, lock) : refused(file, errno);
  if (const Status signed_ = sign(file, lock); !signed_) return signed_.error();
  return directory;
}

Directory::Directory(std::filesystem::path path, int lock) noexcept : path_(std::move(path)), lock_(lock) {}

Directory::Directory(Directory&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

Directory& Directory::operator=(Directory&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(lock_, other.lock_);
  return *this;
}

Directory::~Directory() {
  if (lock_ >= 0) close(lock_);
}

std::filesystem::path Directory::catalogue_of(const std::filesystem::path& data) { return data / "catalogue.db"; }
std::filesystem::path Directory::lock_of(const std::filesystem::path& data) { return data / "lock"; }
std::filesystem::path Directory::socket_of(const std::filesystem::path& data) { return data / "touchstone.sock"; }
std::filesystem::path Directory::backups() const { return path_ / "backups"; }

}  // namespace touchstone::storage
