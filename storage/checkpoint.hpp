#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "assign/result.hpp"
#include "storage/event_set.hpp"

namespace touchstone::storage {

/// A file beside the databases in which a live view keeps what it read out of the journal up to some event, so that a
/// start reads only what came later. The journal can make all of it again: a file that is not there, is damaged or
/// cannot be written costs time at a start and nothing else.
///
/// It only grows, by pieces that say nothing here; each has a checksum, and nothing is synced. Pieces count up to the
/// last that says which events it and those before it cover. Not thread-safe.
class Checkpoint {
 public:
  /// The events of an environment up to `seq`, without those of erased units.
  struct Cover {
    std::uint64_t seq = 0;  ///< 0 = none
    EventSet events;
  };

  /// Looks through the file, if there is one.
  Checkpoint(const std::filesystem::path& directory, std::uint32_t environment);
  Checkpoint(const Checkpoint&) = delete;
  Checkpoint& operator=(const Checkpoint&) = delete;
  ~Checkpoint();

  [[nodiscard]] const Cover& covered() const noexcept { return covered_; }
  /// Gives the pieces that count, in order; false where `take` refused one or the file changed meanwhile.
  [[nodiscard]] bool read(const std::function<bool(std::string_view piece)>& take) const;
  /// What is added comes after those. `cover`.seq 0 = more is to come. False where the disk refuses: the file is then
  /// gone, and stays away until restart().
  bool add(std::string_view piece, const Cover& cover);
  /// Nothing is kept any more: the next piece is the first.
  void restart() noexcept;

  /// Takes the files of all environments away, before units are forgotten. Whoever has one open writes into nothing
  /// until restart(). Error unavailable: one of them cannot be removed.
  [[nodiscard]] static Status remove_all(const std::filesystem::path& directory);
  [[nodiscard]] static std::filesystem::path file_of(const std::filesystem::path& directory, std::uint32_t environment);

 private:
  [[nodiscard]] bool open() noexcept;
  void close() noexcept;
  [[nodiscard]] bool append(std::string_view bytes) noexcept;

  std::filesystem::path path_;
  Cover covered_;
  std::uint64_t end_ = 0;  ///< of the pieces that count, or of what was added since
  int file_ = -1;
  bool given_up_ = false;
};

}  // namespace touchstone::storage
