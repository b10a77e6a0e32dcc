#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "service/codec/json_difference.hpp"
#include "service/codec/report_signature.hpp"

namespace touchstone::app {

/// What became of a report document when it was made again from the journal.
struct Verification {
  std::string experiment;
  codec::SignatureState signature = codec::SignatureState::absent;
  bool configuration = false;  ///< the digest is the same
  bool events = false;         ///< likewise, with those that were erased since
  bool results = false;        ///< likewise
  std::size_t erased = 0;      ///< units that were erased since, and had events before its last one
  std::string program;         ///< that made it
  std::string program_here;
  std::vector<codec::JsonDifference>
      differences;  ///< between the document (one) and what it should be, the first of them

  /// Nothing that it says is another than it was, or than the journal has it. Who signed it and which program made it
  /// is not judged.
  [[nodiscard]] bool holds() const {
    return signature != codec::SignatureState::broken && configuration && events && results && differences.empty();
  }

  /// It is as it was signed here, and was made of the events that are there and of those that were erased since: it
  /// cannot be made again, and nothing else is wrong with it.
  [[nodiscard]] bool changed_by_erasure() const {
    return !holds() && erased > 0 && signature == codec::SignatureState::ours && configuration && events;
  }
};

/// Makes the report anew, of the configuration and the events that it says it was made of. Errors: invalid for what is
/// no report; not_found where the experiment is unknown here; unavailable.
[[nodiscard]] Result<Verification> verify_report(Service& service, std::uint32_t environment,
                                                 std::string_view document);

/// A live report beside the same one recomputed.
struct Proof {
  std::uint32_t environment = 0;
  std::string experiment;
  std::uint64_t last_seq = 0;
  std::string results;  ///< the digest of the live one
  std::vector<codec::JsonDifference> differences;
};

/// Recomputes the live report of every experiment that ever ran, from nothing. Errors: unavailable, internal.
[[nodiscard]] Result<std::vector<Proof>> prove_live(Service& service);

}  // namespace touchstone::app
