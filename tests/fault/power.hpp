#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "tests/e2e/program.hpp"

namespace touchstone::e2e {

/// An ext4 file system of its own whose power can be cut: what was not synced is lost, as it is not after kill -9,
/// which leaves the page cache as it was.
class PoweredDisk {
 public:
  /// Nothing, and why in `refused`, where this machine does not allow to mount one.
  static std::optional<PoweredDisk> make(std::string& refused);
  PoweredDisk(PoweredDisk&&) noexcept = default;
  PoweredDisk(const PoweredDisk&) = delete;
  ~PoweredDisk();

  [[nodiscard]] std::filesystem::path path() const { return folder_->path() / "disk"; }

  /// From now on nothing reaches the disk and every access fails. Sets `off` right before: a machine without power
  /// answers nobody, so what is acknowledged later was never promised. (The kernel may call an fsync that the cut
  /// interrupts a success: it ends the journal's open transaction, and who waits for that only sees that it is over.)
  void cut(std::atomic<bool>& off) const;
  /// Mounts again what had reached it. Nobody may hold a file of it open.
  void restore() const;

 private:
  explicit PoweredDisk(std::unique_ptr<TemporaryDirectory> folder) : folder_(std::move(folder)) {}
  [[nodiscard]] Outcome mount() const;

  std::unique_ptr<TemporaryDirectory> folder_;
};

}  // namespace touchstone::e2e
