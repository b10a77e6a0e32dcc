#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>

#include "assign/result.hpp"
#include "storage/fingerprint.hpp"
#include "storage/identity_set.hpp"

namespace touchstone::storage {

/// Everything that was ever stored, by day of ts: exact and for ever. Days in use are in memory; the others are read
/// from the journal when an event of that day comes, so the journal stays the only truth.
/// Memory: `budget` bytes, or the two days touched last, or all that one group touches, where these need more. A day
/// takes 32 to 40 bytes per event in it. Not thread-safe.
class Dedupe {
 public:
  /// Calls the visitor with each identity of that day in the journal.
  using LoadDay = std::function<Status(Day, const std::function<void(const Identity&)>&)>;

  Dedupe(std::size_t budget, LoadDay load) : budget_(budget), load_(std::move(load)) {}

  /// Makes the day resident, before events of it are inserted. A day that is resident costs nothing.
  Status prepare(Day day);

  /// The same for an identity that will be inserted soon; many of these before the first insert hide the memory's
  /// delay.
  Status prepare(Day day, const Identity& identity);

  enum class Seen : std::uint8_t { fresh, same, conflict };

  /// Remembers the identity if it is fresh. The day must have been prepared in this group.
  Seen insert(Day day, const Identity& identity);

  /// The group is in the journal: its days may now leave memory when room is needed.
  void settle();

  /// The group did not reach the journal: its days are forgotten and read again when needed.
  void abandon();

  /// Something of that day left the journal: the day is read again when needed. Between groups.
  void forget(Day day);

  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  struct Resident {
    IdentitySet set;
    std::uint64_t used = 0;  ///< number of the last group that touched it
  };

  Resident* find(Day day);

  std::size_t budget_;
  LoadDay load_;
  std::map<Day, Resident> days_;
  std::map<Day, Resident>::iterator last_ = days_.end();
  std::uint64_t group_ = 1;
};

}  // namespace touchstone::storage
