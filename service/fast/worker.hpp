#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "service/codec/evaluate_json.hpp"
#include "service/codec/ofrep_flags.hpp"
#include "service/codec/ofrep_json.hpp"
#include "service/fast/exposure_ring.hpp"
#include "service/fast/key_memory.hpp"
#include "service/fast/met_before.hpp"
#include "service/fast/query.hpp"
#include "service/fast/stream_tokens.hpp"
#include "service/fast/view.hpp"

namespace touchstone::fast {

/// A counter that one thread moves and any thread reads.
class Tally {
 public:
  void add() noexcept { count_.store(count_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t count() const noexcept { return count_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> count_{0};
};

/// What one event loop owns, so that no evaluation ever waits for another.
struct Worker {
  explicit Worker(const CurrentView& current) : view(current) {}

  CurrentView::Reader view;
  KeyMemory keys;
  codec::EvaluateReader body;
  QueryReader query;
  codec::OfrepReader ofrep;
  std::vector<codec::OfrepTexts> said;  ///< by environment
  StreamTokens streams;
  ExposureRing exposures;
  MetBefore met;
  Tally evaluations;
  Tally queued;
  Tally repeated;
  Tally dropped;

  /// What this loop has said of the snapshot so far.
  codec::OfrepTexts& said_of(std::uint32_t environment, const std::shared_ptr<const assign::Snapshot>& snapshot) {
    if (said.size() <= environment) said.resize(environment + 1);
    said[environment].of(snapshot);
    return said[environment];
  }
};

}  // namespace touchstone::fast
