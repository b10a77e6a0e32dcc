#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "storage/dedupe.hpp"
#include "storage/erased_units.hpp"
#include "storage/journal.hpp"
#include "storage/writer.hpp"

namespace touchstone::storage {

/// By environment that lets old events go: from when on it keeps them.
using KeptFrom = std::map<std::uint32_t, Time>;

/// Batches on their way into one commit: gives each event its verdict and sorts what is new by environment. The views
/// point into the submissions, which must stay until the group is done.
class Group {
 public:
  Group(Dedupe& dedupe, Fingerprinter& fingerprinter, ErasedUnits& erased, const KeptFrom& kept_from)
      : dedupe_(&dedupe), fingerprinter_(&fingerprinter), erased_(&erased), kept_from_(&kept_from) {}

  struct Aside {
    std::uint32_t environment = 0;
    Fingerprint name;
    StoredEvent event;
  };

  void start(Time received);

  /// Verdicts in the order of the events. An Error (a day could not be loaded) spoils the whole group.
  Result<std::vector<ItemVerdict>> admit(const EventSubmission& submission);

  /// Numbers what is new, from `first_seq` on, environment by environment.
  [[nodiscard]] std::vector<JournalEntry> entries(std::uint64_t first_seq);

  [[nodiscard]] const std::vector<Aside>& aside() const noexcept { return aside_; }

 private:
  struct Share {
    void clear() noexcept;  ///< its room stays: the next group is of the same environments
    Ledger& line(std::uint32_t key, std::string_view experiment);

    std::vector<StoredEvent> events;
    std::map<std::tuple<std::uint32_t, std::string>, Ledger, std::less<>> lines;  ///< by key and experiment
  };

  struct Candidate {
    Time te;
    Day day;
    Identity identity;
  };

  Status examine(const EventSubmission& submission);
  [[nodiscard]] bool is_too_old(std::uint32_t environment, const Event& event, const Candidate& candidate) const;
  ItemVerdict judge(const EventSubmission& submission, const Event& event, const Candidate& candidate, Share& share);

  Dedupe* dedupe_;
  Fingerprinter* fingerprinter_;
  ErasedUnits* erased_;        ///< of whom nothing is taken
  const KeptFrom* kept_from_;  ///< before which nothing is
  Time received_{};
  std::map<std::uint32_t, Share> shares_;
  std::vector<Aside> aside_;
  std::vector<Candidate> candidates_;  ///< of the submission at hand
};

}  // namespace touchstone::storage
