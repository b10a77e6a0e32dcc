#include "service/app/exposures.hpp"

#include <chrono>
#include <exception>
#include <new>
#include <utility>

#include "sdk/wire/exposure_id.hpp"

namespace touchstone::app {

namespace {

constexpr std::size_t kGroup = 10'000;  ///< of each ring, in one submission
constexpr std::size_t kEnough = 1'024;  ///< in one ring, a quarter of its room
constexpr std::chrono::milliseconds kGather{100};
constexpr std::chrono::milliseconds kGlance{10};
constexpr std::chrono::milliseconds kRetry{50};
constexpr int kTriesAtStop = 20;

storage::Event event_of(const fast::RecordedExposure& exposure, assign::TextArena& text) {
  storage::Event event;
  event.type = storage::EventType::exposure;
  event.id = text.keep(wire::exposure_id(exposure.experiment, exposure.variant, exposure.unit));
  event.unit = {text.keep(exposure.unit.type), text.keep(exposure.unit.id)};
  event.ts = exposure.at;
  event.experiment = text.keep(exposure.experiment);
  event.variant = text.keep(exposure.variant);
  event.config_version = static_cast<std::uint64_t>(exposure.config_version);
  return event;
}

}  // namespace

ExposureCarrier::ExposureCarrier(Service& service, fast::FastLane& lane, fast::Doorbell& doorbell)
    : service_(service), lane_(lane), doorbell_(doorbell), thread_([this] { run(); }) {}

ExposureCarrier::~ExposureCarrier() { stop(); }

void ExposureCarrier::stop() {
  stopping_ = true;
  doorbell_.ring();
  if (thread_.joinable()) thread_.join();
}

void ExposureCarrier::run() {
  while (true) {
    doorbell_.wait();
    do gather();
    while (carry_group());
    if (stopping_) return;
  }
}

/// Nobody waits for an exposure, and each commit takes the core from those who evaluate: few commits of many delay a
/// smaller share of requests than many of few. The first after a pause goes at once.
void ExposureCarrier::gather() const {
  while (Clock::now() < next_ && !stopping_ && lane_.exposures_waiting() < kEnough)
    std::this_thread::sleep_for(kGlance);
}

bool ExposureCarrier::carry_group() {
  Batches batches;
  const bool whole = take(batches);
  for (const auto& [environment, batch] : batches) submit(environment, batch);
  if (!batches.empty()) next_ = Clock::now() + kGather;
  return !whole || !batches.empty();
}

/// False where memory was short: what was not taken is still in its ring.
bool ExposureCarrier::take(Batches& batches) {
  try {
    lane_.take_exposures(kGroup, [&batches](const fast::RecordedExposure& exposure) {
      auto& batch = batches[exposure.environment];
      batch.events.push_back(event_of(exposure, batch.text));
    });
    return true;
  } catch (const std::bad_alloc&) {
    std::this_thread::sleep_for(kRetry);
    return false;
  }
}

bool ExposureCarrier::stored(std::uint32_t environment, const storage::EventBatch& batch) {
  try {
    storage::EventSubmission submission;
    submission.environment = environment;
    submission.batch.events = batch.events;
    return service_.writer().submit_and_wait(std::move(submission)).ok();
  } catch (const std::exception&) {
    return false;  // no memory for the submission, or for its answer
  }
}

void ExposureCarrier::submit(std::uint32_t environment, const storage::EventBatch& batch) {
  for (int left = kTriesAtStop; left > 0; left -= stopping_ ? 1 : 0) {
    if (stored(environment, batch)) {
      carried_ += batch.events.size();
      return;
    }
    std::this_thread::sleep_for(kRetry);
  }
  lost_ += batch.events.size();
}

}  // namespace touchstone::app
