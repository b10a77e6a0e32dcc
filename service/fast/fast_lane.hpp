#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/fast/doorbell.hpp"
#include "service/fast/worker.hpp"
#include "service/http/request.hpp"
#include "service/http/response.hpp"

namespace touchstone::fast {

/// Writes an error as the answer; service/api/errors.cpp knows how.
using Refuse = std::function<void(const http::Request&, const Error&, http::Response&)>;

/// The key that a request shows: by `Authorization: Bearer`, or else by X-API-Key. Empty: none.
[[nodiscard]] std::string_view shown_key(const http::Request& request) noexcept;

/// What all loops counted since the start.
struct FastCounts {
  std::uint64_t evaluations = 0;
  std::uint64_t queued = 0;
  std::uint64_t repeated = 0;
  std::uint64_t dropped = 0;
};

/// Evaluation on the event loops: memory only. This target does not link storage, so it cannot touch a disk or wait for
/// the writer; exposures leave through bounded rings, whose other end is somebody else's.
class FastLane {
 public:
  /// A worker per event loop. `view` and `doorbell` must outlive the lane.
  FastLane(const CurrentView& view, Doorbell& doorbell, unsigned workers, Refuse refuse);

  /// Who asks, by the key that is shown; nothing without a valid one. Only on the loop `request.worker`.
  [[nodiscard]] std::optional<Caller> caller(const http::Request& request);
  /// Whose key this is. Likewise.
  [[nodiscard]] std::optional<Caller> caller(std::uint32_t worker, std::string_view key);

  /// What this loop knows now; good until it is asked again. Only on the loop `worker`.
  [[nodiscard]] const View& view(std::uint32_t worker) { return *workers_[worker]->view.read(); }

  /// GET /v1/evaluate: the query is read by QueryReader. A single evaluation may log an exposure.
  void evaluate_query(const http::Request& request, const Caller& caller, http::Response& response);
  /// POST /v1/evaluate: the body is read by codec::EvaluateReader.
  void evaluate_body(const http::Request& request, const Caller& caller, http::Response& response);

  /// POST /ofrep/v1/evaluate/flags/{key}: OFREP's answers, refusals included. It may log an exposure.
  void ofrep_flag(const http::Request& request, const Caller& caller, http::Response& response);
  /// POST /ofrep/v1/evaluate/flags: every flag, or 304 for whom nothing has changed. Never logs.
  void ofrep_flags(const http::Request& request, const Caller& caller, http::Response& response);

  /// The other ends of the rings. One thread only.
  template <class Sink>
  std::size_t take_exposures(std::size_t most_of_each, Sink&& sink) {
    std::size_t taken = 0;
    for (auto& worker : workers_) taken += worker->exposures.take(most_of_each, sink);
    return taken;
  }

  /// What waits in the fullest ring.
  [[nodiscard]] std::size_t exposures_waiting() const noexcept;

  [[nodiscard]] FastCounts counts() const noexcept;

 private:
  void answer(const http::Request& request, const Caller& caller, const codec::EvaluateRequest& asked,
              http::Response& response);

  Doorbell* doorbell_;
  std::vector<std::unique_ptr<Worker>> workers_;
  Refuse refuse_;
};

}  // namespace touchstone::fast
