#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assign/decision.hpp"
#include "assign/result.hpp"
#include "assign/snapshot.hpp"
#include "assign/subject.hpp"
#include "service/codec/json.hpp"

namespace touchstone::codec {

/// Limits of one evaluation request.
struct EvaluateLimits {
  static constexpr std::size_t flags = 1'000;
  static constexpr std::size_t units = 16;
  static constexpr std::size_t attributes = 256;
  static constexpr std::size_t list = 1'000;  ///< texts of one attribute
};

/// What POST /v1/evaluate asks.
struct EvaluateRequest {
  enum class Scope : std::uint8_t {
    one,   ///< "flag": a single evaluation, which may log an exposure
    some,  ///< "flags": bulk, never logs
    all,   ///< neither: every flag, bulk
  };

  Scope scope = Scope::all;
  std::vector<std::string_view> flags;
  std::vector<assign::Unit> units;
  std::vector<assign::Attribute> attributes;
  std::string_view preview;  ///< token of a variant to look at; empty: none

  [[nodiscard]] assign::Subject subject(const assign::Memory* memory = nullptr,
                                        std::span<const assign::Sticky> forced = {}) const noexcept {
    return {units, attributes, {}, forced, memory};
  }
};

/// Reads `{"flag": k | "flags": [k...], "unit": id | {"type","id"} | "units": [{"type","id"}...], "attributes":
/// {...}, "preview": token}`. An attribute is a boolean, a number, a text or a list of texts; null means that it is
/// missing. Units are optional: without one, only rules without a draw can decide. Keep one reader per worker: it
/// allocates only while it grows.
class EvaluateReader {
 public:
  /// The request views `body` and the reader: valid until the next read.
  [[nodiscard]] Status read(std::string_view body);
  [[nodiscard]] const EvaluateRequest& request() const noexcept { return request_; }

 private:
  JsonDocument document_;
  EvaluateRequest request_;
  std::vector<std::string_view> lists_;
};

/// What became of the exposure of a single evaluation. Not an acknowledgement: a queued one may still be lost.
enum class ExposureOutcome : std::uint8_t {
  none,     ///< the decision has no exposure, or somebody else reports it
  queued,   ///< handed to the writer
  repeat,   ///< this unit's exposure was handed over before
  dropped,  ///< the queue was full
};
[[nodiscard]] std::string_view name_of(ExposureOutcome outcome) noexcept;

/// Which configuration decided, and for how long it has been the current one.
struct ConfigState {
  std::int64_t version = 0;
  std::chrono::milliseconds age{};
};
/// Its age is 0 where nothing was published yet, or later than `now` says.
[[nodiscard]] ConfigState config_state(const assign::Snapshot& snapshot, assign::Instant now) noexcept;

/// Appends the members that every answer about a flag has, without braces: flag, value, variant, experiment, reason,
/// cause, and error where the decision has a problem.
void append_decision(std::string& out, const assign::Decision& decision);

/// Appends `{"flag","value","variant","experiment","reason","cause","config_version","config_age_ms","exposure"}`;
/// value, variant and experiment are null where there is none, and `"error"` is added where the decision has a problem.
void append_evaluation(std::string& out, const assign::Decision& decision, const ConfigState& config,
                       ExposureOutcome exposure);

/// Appends `{"config_version": n, "config_age_ms": n, "evaluations":
/// [{"flag","value","variant","experiment","reason","cause"}...]}`. Nobody is exposed by it; `"exposes": {"unit":
/// {"type","id"}, "by"}` says whom the variant exposes once it is met, and who is to report that.
class EvaluationList {
 public:
  EvaluationList(std::string& out, const ConfigState& config);
  void add(const assign::Decision& decision);
  void finish();

 private:
  std::string* out_;
  bool first_ = true;
};

}  // namespace touchstone::codec
