#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "assign/document.hpp"
#include "assign/keyed_draw.hpp"
#include "assign/result.hpp"

namespace touchstone::assign {

struct Tables;

/// A flag's or experiment's place in one snapshot, in the order of keys.
enum class FlagId : std::uint32_t {};
enum class ExperimentId : std::uint32_t {};

/// Everything needed to decide, compiled: immutable, free to share between threads, replaced whole on each publish.
class Snapshot {
 public:
  /// Checks the document and compiles it. Errors carry a pointer into the document and a hint; the first one is
  /// returned. Nothing of the document is kept by reference.
  /// Without the server's key nobody is placed in experiments under touchstone-1k: they are decided elsewhere.
  [[nodiscard]] static Result<std::shared_ptr<const Snapshot>> compile(const SnapshotDocument& document,
                                                                       const std::optional<DrawKey>& key = {});

  explicit Snapshot(std::unique_ptr<const Tables> tables) noexcept;
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  [[nodiscard]] std::int64_t config_version() const noexcept;
  [[nodiscard]] Instant published_at() const noexcept;

  [[nodiscard]] std::optional<FlagId> flag(std::string_view key) const noexcept;
  [[nodiscard]] std::optional<ExperimentId> experiment(std::string_view key) const noexcept;

  [[nodiscard]] std::uint32_t flag_count() const noexcept;
  [[nodiscard]] std::uint32_t experiment_count() const noexcept;
  [[nodiscard]] std::string_view key(FlagId flag) const noexcept;
  [[nodiscard]] std::string_view key(ExperimentId experiment) const noexcept;

  /// What the walk of a decision reads.
  [[nodiscard]] const Tables& tables() const noexcept { return *tables_; }

 private:
  std::unique_ptr<const Tables> tables_;
};

}  // namespace touchstone::assign
