#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "storage/time.hpp"

namespace touchstone::storage {

/// What became of every item that was sent to an environment: one count per verdict, to the unit.
struct Ledger {
  std::uint64_t stored = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t conflict = 0;  ///< of the duplicates: those with other content
  std::uint64_t quarantined = 0;
  std::uint64_t refused = 0;

  [[nodiscard]] std::uint64_t sent() const noexcept { return stored + duplicate + quarantined + refused; }

  Ledger& operator+=(const Ledger& other) noexcept {
    stored += other.stored;
    duplicate += other.duplicate;
    conflict += other.conflict;
    quarantined += other.quarantined;
    refused += other.refused;
    return *this;
  }
  friend bool operator==(const Ledger&, const Ledger&) = default;
};

/// The part of it that came in one hour, by one key, about one experiment.
struct LedgerLine {
  Time hour{};               ///< of receipt, its begin; 1970 for what was counted before there were lines
  std::uint32_t key = 0;     ///< id of the API key, 0 = none
  std::string experiment{};  ///< that an exposure names; empty for all other items, refused ones among them
  Ledger counts;

  friend bool operator==(const LedgerLine&, const LedgerLine&) = default;
};

/// Lines of one environment added up over all hours.
class LedgerSums {
 public:
  void add(std::uint32_t key, std::string_view experiment, const Ledger& counts) {
    total_ += counts;
    keys_[key] += counts;
    if (experiment.empty()) return;
    auto found = exposures_.find(experiment);
    if (found == exposures_.end()) {
      if (exposures_.size() == kMostExperiments) return;
      found = exposures_.emplace(experiment, Ledger{}).first;
    }
    found->second += counts;
  }

  [[nodiscard]] const Ledger& total() const noexcept { return total_; }
  [[nodiscard]] const std::map<std::uint32_t, Ledger>& keys() const noexcept { return keys_; }
  /// By the experiment that an exposure names, be it there or not; those beyond `kMostExperiments` are not told apart.
  [[nodiscard]] const std::map<std::string, Ledger, std::less<>>& exposures() const noexcept { return exposures_; }

  /// Names come from clients, so they are bounded.
  static constexpr std::size_t kMostExperiments = 10'000;

 private:
  Ledger total_;
  std::map<std::uint32_t, Ledger> keys_;
  std::map<std::string, Ledger, std::less<>> exposures_;
};

}  // namespace touchstone::storage
