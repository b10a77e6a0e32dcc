#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assign/decision.hpp"
#include "assign/snapshot.hpp"
#include "service/codec/evaluate_json.hpp"
#include "service/codec/json.hpp"

/// Bodies of OFREP 0.3, the OpenFeature Remote Evaluation Protocol (github.com/open-feature/protocol).
namespace touchstone::codec {

/// OpenFeature's error codes, as far as a server says them.
enum class OfrepCode : std::uint8_t { parse_error, targeting_key_missing, invalid_context, flag_not_found, general };
[[nodiscard]] std::string_view name_of(OfrepCode code) noexcept;  ///< "PARSE_ERROR", ...

struct OfrepFault {
  OfrepCode code = OfrepCode::general;
  std::string details;
};

/// Reads `{"context": {"targetingKey": id, NAME: value...}}`. The targeting key is the unit of type user; an attribute
/// that has the name of another unit type and holds a valid id is that unit too. A nested object is flattened
/// ("address.city"); of a list what is neither a text nor a number nor a boolean is left out; null means missing.
/// Members beside the context are ignored. Keep one reader per worker: it allocates only while it grows.
class OfrepReader {
 public:
  /// What is wrong with the body, or nothing. The request views `body` and the reader: valid until the next read.
  [[nodiscard]] std::optional<OfrepFault> read(std::string_view body, std::span<const std::string_view> unit_types);
  [[nodiscard]] const EvaluateRequest& request() const noexcept { return request_; }

  /// In steps, for contexts that lie elsewhere: what was added first counts. The request views them.
  void clear();
  [[nodiscard]] std::optional<OfrepFault> add(JsonView context, std::span<const std::string_view> unit_types);

 private:
  JsonDocument document_;
  EvaluateRequest request_;
  std::deque<std::vector<std::string_view>> lists_;
  std::deque<std::string> made_;  ///< names and texts that the body does not hold as they are
};

/// Appends `{"key", "errorCode", "errorDetails"}`; an empty key is left out: the request as a whole failed.
void append_ofrep_failure(std::string& out, std::string_view key, OfrepCode code, std::string_view details);

/// Appends what a decision says whatever the configuration's version is: `{"key", "value", "reason", "variant",
/// "metadata": {...`, both objects still open. Without `value` the default in the code is meant. Metadata: the flag's
/// own, cause, and of an experiment its key, layer, phase, and who tells of the exposure. Precondition: no problem.
void append_ofrep_result(std::string& out, const assign::Snapshot& snapshot, assign::FlagId flag,
                         const assign::Decision& decision);

/// Appends `"version":"n"`: a text, as OpenFeature's telemetry wants it.
void append_ofrep_version(std::string& out, std::int64_t version);

/// Appends `"configAgeMs":n`.
void append_ofrep_age(std::string& out, const ConfigState& config);

/// Appends the failure that a decision with a problem is.
void append_ofrep_failure(std::string& out, const assign::Decision& decision);

/// Appends what is said of one flag: its result with version and age of the configuration in the metadata, or its
/// failure.
void append_ofrep_flag(std::string& out, const assign::Snapshot& snapshot, const assign::Decision& decision,
                       const ConfigState& config);

}  // namespace touchstone::codec
