#include "service/fast/expose.hpp"

#include <chrono>

namespace touchstone::fast {

using codec::ExposureOutcome;

assign::Instant now() noexcept {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

ExposureOutcome expose(Worker& worker, Doorbell& doorbell, std::uint32_t environment, std::int64_t config_version,
                       const assign::Decision& decision) {
  if (!decision.exposure || decision.exposure->by != assign::ExposedBy::evaluate) return ExposureOutcome::none;
  const auto& met = *decision.exposure;
  const RecordedExposure exposure{now(), config_version, environment, met.experiment, met.variant, met.unit};
  const auto fingerprint = worker.met.fingerprint(exposure);
  if (worker.met.contains(fingerprint)) return worker.repeated.add(), ExposureOutcome::repeat;
  const bool pushed = worker.exposures.push(exposure);
  doorbell.ring();
  if (!pushed) return worker.dropped.add(), ExposureOutcome::dropped;
  worker.met.remember(fingerprint);
  return worker.queued.add(), ExposureOutcome::queued;
}

}  // namespace touchstone::fast
