#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "service/codec/report_signature.hpp"
#include "storage/erasure.hpp"

namespace touchstone::codec {

/// What is said of an erasure to whoever asked for it. It names the unit by its keyed hash alone.
struct ErasureCertificate {
  std::string environment;
  std::string unit_type;
  storage::Erasure erasure;
  std::vector<storage::ErasedEvents> removed;  ///< from the journal, by file
  std::vector<std::string> lists;              ///< segments whose list names the unit, or did
  std::vector<storage::BackupNote> backups;    ///< copies from before
  Time issued{};
};

/// 32 lower-case hex digits.
[[nodiscard]] std::string hash_text(const storage::Fingerprint& unit);

/// As a JSON object, signed as reports are (signed_report).
[[nodiscard]] std::string write_certificate(const ErasureCertificate& certificate, const SigningSeed& seed);

/// What the history keeps of an order, or of its end.
[[nodiscard]] std::string write_erasure_audit(const storage::Erasure& erasure);

}  // namespace touchstone::codec
