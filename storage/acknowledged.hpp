#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "assign/result.hpp"

namespace touchstone::storage {

/// The last event and the last change that somebody was told are stored, kept beside the databases. SQLite takes a
/// write-ahead log that is damaged or cut for one that ends there, and says nothing: the databases alone cannot tell
/// that their end is gone.
///
/// The file is written after each commit and never synced, so that it costs next to nothing: after kill -9 it is
/// exact, after a power cut it may be older than the databases, never newer. Where it cannot be read or written nothing
/// is known, and nothing is refused.
class Acknowledged {
 public:
  struct Numbers {
    std::uint64_t event = 0;   ///< seq of the journal
    std::uint64_t change = 0;  ///< seq of the catalogue's history

    friend bool operator==(const Numbers&, const Numbers&) = default;
  };

  explicit Acknowledged(const std::filesystem::path& directory) noexcept;
  Acknowledged(const Acknowledged&) = delete;
  Acknowledged& operator=(const Acknowledged&) = delete;
  ~Acknowledged();

  void note(const Numbers& numbers) noexcept;

  [[nodiscard]] static std::filesystem::path file_of(const std::filesystem::path& directory);
  /// Nothing where there is no such file, or none that can be believed.
  [[nodiscard]] static std::optional<Numbers> in(const std::filesystem::path& directory);
  /// Error invalid: the databases of the directory, which hold `found`, have lost what was acknowledged.
  [[nodiscard]] static Status check(const std::filesystem::path& directory, const std::optional<Numbers>& promised,
                                    const Numbers& found);

 private:
  int file_ = -1;
};

}  // namespace touchstone::storage
