#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/time.hpp"

namespace touchstone::codec {

/// What people do about an experiment.
enum class DecisionAction : std::uint8_t {
  ship,       ///< everybody gets the variant
  roll_back,  ///< everybody gets the control
  extend,     ///< it goes on
  stop,       ///< it ends, and nothing is changed by it
};
[[nodiscard]] std::string_view name_of(DecisionAction action) noexcept;

struct DecisionRequest {
  DecisionAction action = DecisionAction::stop;
  std::string variant;  ///< ship: which one; empty: the one that the report advises
  std::string reason;   ///< 1,000 bytes
};

/// What the report said when somebody decided.
struct Advice {
  std::string code;      ///< of the verdict
  std::string variant;   ///< that the verdict is about; empty where it is about none
  std::string headline;  ///< as it was worded
};

struct Decision {
  std::uint32_t number = 0;  ///< of the experiment, from 1
  Time at{};
  std::string by;
  DecisionRequest made;
  Advice advice;
  bool against = false;  ///< it is not what the verdict asks for
  std::string results;   ///< digest of the report's results
};

/// `{"action", "variant"?, "reason"?}`
[[nodiscard]] Result<DecisionRequest> read_decision_request(std::string_view json);

/// What is stored of a decision. Its number, who made it, when and why stand in the history beside it.
[[nodiscard]] std::string write_stored_decision(const Decision& decision);
[[nodiscard]] Result<Decision> read_stored_decision(std::string_view json);

[[nodiscard]] std::string write_decision(const Decision& decision);
/// `{"items": [...]}`
[[nodiscard]] std::string write_decisions(std::span<const Decision> decisions);

}  // namespace touchstone::codec
