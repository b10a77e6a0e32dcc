#pragma once

#include "assign/keyed_draw.hpp"
#include "service/codec/report_signature.hpp"
#include "service/fast/signed_text.hpp"
#include "storage/fingerprint.hpp"

namespace touchstone::app {

/// What a data directory keeps to itself. All of it follows from one key in its catalogue, so a restored backup assigns
/// as before; no route shows any of it.
struct Secrets {
  assign::DrawKey draws{};           ///< of experiments under touchstone-1k
  fast::SigningKey previews{};       ///< signs preview links
  fast::SigningKey streams{};        ///< signs tokens that open streams
  storage::FingerprintKey events{};  ///< of sets of events
  codec::SigningSeed reports{};      ///< signs reports
};

[[nodiscard]] Secrets secrets_of(const storage::FingerprintKey& key);

}  // namespace touchstone::app
