#include "tests/fault/power.hpp"

#include <cstdint>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace touchstone::e2e {
namespace {

// A command that is not installed is refused like one that fails.
Outcome attempt(const std::vector<std::string>& command) {
  try {
    return run(command);
  } catch (const std::exception& failure) {
    return {.exit_code = 127, .out = {}, .err = failure.what()};
  }
}

void must(const std::vector<std::string>& command) {
  const Outcome outcome = attempt(command);
  if (outcome.exit_code != 0) throw std::runtime_error(command.front() + ": " + outcome.err);
}

// EXT4_IOC_SHUTDOWN, which no header of user space declares: what `xfs_io -x -c shutdown` calls, without the journal's
// last flush. Called from here because a program of its own takes milliseconds to start.
constexpr unsigned long kShutdown = _IOR('X', 125, std::uint32_t);
constexpr std::uint32_t kWithoutFlush = 2;

}  // namespace

std::optional<PoweredDisk> PoweredDisk::make(std::string& refused) {
  PoweredDisk disk(std::make_unique<TemporaryDirectory>());
  std::filesystem::create_directory(disk.path());
  const std::string image = disk.folder_->path() / "image";
  for (const auto& command : {std::vector<std::string>{"truncate", "-s", "256M", image}, {"mkfs.ext4", "-q", image}}) {
    const Outcome outcome = attempt(command);
    if (outcome.exit_code != 0) return refused = outcome.err, std::nullopt;
  }
  const Outcome mounted = disk.mount();
  if (mounted.exit_code != 0) return refused = mounted.err, std::nullopt;
  return disk;
}

PoweredDisk::~PoweredDisk() {
  if (folder_) attempt({"umount", path()});
}

Outcome PoweredDisk::mount() const { return attempt({"mount", "-o", "loop", folder_->path() / "image", path()}); }

void PoweredDisk::cut(std::atomic<bool>& off) const {
  const int folder = ::open(path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  off = true;
  std::uint32_t how = kWithoutFlush;
  const bool done = folder >= 0 && ::ioctl(folder, kShutdown, &how) == 0;
  const int problem = errno;
  if (folder >= 0) ::close(folder);
  if (!done) throw std::system_error(problem, std::generic_category(), "power cut");
}

void PoweredDisk::restore() const {
  must({"umount", path()});
  const Outcome mounted = mount();
  if (mounted.exit_code != 0) throw std::runtime_error("mount: " + mounted.err);
}

}  // namespace touchstone::e2e
