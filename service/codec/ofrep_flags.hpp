#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/decision.hpp"
#include "assign/snapshot.hpp"
#include "service/codec/evaluate_json.hpp"

namespace touchstone::codec {

__extension__ typedef unsigned __int128 OfrepTag;

/// What bulk answers say of a flag: the same for everybody of whom the same was decided, so it is written once for each
/// snapshot. Keep one per worker and environment.
class OfrepTexts {
 public:
  static constexpr std::size_t kMost = 16'384;  ///< texts that are kept; what is beyond is written each time

  struct Said {
    std::string text;
    OfrepTag tag = 0;  ///< of the text without the configuration's version
  };

  /// Forgets what was said of another snapshot.
  void of(const std::shared_ptr<const assign::Snapshot>& snapshot);
  [[nodiscard]] const assign::Snapshot& snapshot() const noexcept { return *snapshot_; }

  /// Good until the next call. The decision is one about this flag of the snapshot.
  [[nodiscard]] const Said& say(assign::FlagId flag, const assign::Decision& decision);

  /// Bytes of the longest answer so far: room for the next.
  [[nodiscard]] std::size_t longest() const noexcept { return longest_; }
  void answered(std::size_t bytes) noexcept { longest_ = std::max(longest_, bytes); }

 private:
  /// What tells decisions about one flag apart: texts of a snapshot by where they lie in it.
  struct Decided {
    const char* value = nullptr;
    const char* variant = nullptr;
    const char* experiment = nullptr;
    assign::Reason reason{};
    assign::Cause cause{};
    assign::Problem problem{};
    std::optional<assign::ExposedBy> by;

    explicit Decided(const assign::Decision& decision) noexcept;
    friend bool operator==(const Decided&, const Decided&) = default;
  };
  struct Kept {
    Decided decided;
    Said said;
  };

  [[nodiscard]] Said write(assign::FlagId flag, const assign::Decision& decision) const;

  std::shared_ptr<const assign::Snapshot> snapshot_;
  std::vector<std::vector<Kept>> kept_;  ///< by flag
  std::size_t count_ = 0;
  std::size_t longest_ = 0;
  Said last_;
};

/// Appends `{"flags": [...], "metadata": {...}, "eventStreams": [...]}`.
class OfrepFlags {
 public:
  OfrepFlags(std::string& out, OfrepTexts& texts);
  void add(assign::FlagId flag, const assign::Decision& decision);
  void finish(const ConfigState& config, std::string_view stream_token);

  /// Names the result as it is for this context: equal for equal flags, whatever else was published meanwhile.
  [[nodiscard]] std::string etag() const;

 private:
  std::string* out_;
  OfrepTexts* texts_;
  OfrepTag tag_ = 0;
  bool first_ = true;
};

}  // namespace touchstone::codec
