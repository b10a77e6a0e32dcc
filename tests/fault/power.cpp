#include "tests/fault/power.hpp"

#include <stdexcept>

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

}  // namespace

std::optional<PoweredDisk> PoweredDisk::make(std::string& refused) {
  PoweredDisk disk(std::make_unique<TemporaryDirectory>());
  std::filesystem::create_directory(disk.path());
  const std::string image = disk.folder_->path() / "image";
  for (const auto& command :
       {std::vector<std::string>{"xfs_io", "-V"}, {"truncate", "-s", "256M", image}, {"mkfs.ext4", "-q", image}}) {
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

void PoweredDisk::cut() const { must({"xfs_io", "-x", "-c", "shutdown", path()}); }

void PoweredDisk::restore() const {
  must({"umount", path()});
  const Outcome mounted = mount();
  if (mounted.exit_code != 0) throw std::runtime_error("mount: " + mounted.err);
}

}  // namespace touchstone::e2e
