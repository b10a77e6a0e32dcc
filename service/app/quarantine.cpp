#include "service/app/quarantine.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace touchstone::app {
namespace {

constexpr std::uint32_t kMost = 1'000;

/// What one key brought, as it is sent again.
struct Parcel {
  storage::EventSubmission submission;
  std::vector<std::uint64_t> ids;
  std::vector<storage::StoredBatch> kept;  ///< what the events' texts lie in
};

Result<std::vector<storage::Quarantined>> find(Service& service, std::uint32_t environment,
                                               const std::vector<std::uint64_t>& ids) {
  return service.ask([&](const storage::Catalogue& catalogue) -> Result<std::vector<storage::Quarantined>> {
    if (ids.empty()) return catalogue.quarantined(environment, 0, kMost);
    std::vector<storage::Quarantined> all;
    for (const std::uint64_t id : ids) {
      auto one = catalogue.quarantined(environment, id - 1, 1);
      if (!one) return one.error();
      if (one->empty() || one->front().id != id)
        return Error{ErrorCode::not_found, fmt::format("nothing is quarantined as {}", id), "/ids", ""};
      all.push_back(std::move(one->front()));
    }
    return all;
  });
}

std::map<std::uint32_t, Parcel> parcels_of(std::vector<storage::Quarantined> aside, Micros earlier) {
  std::map<std::uint32_t, Parcel> parcels;
  for (storage::Quarantined& one : aside) {
    const storage::StoredEvent& stored = one.batch.events.front();
    Parcel& parcel = parcels[stored.key];
    parcel.submission.environment = one.environment;
    parcel.submission.key = stored.key;
    parcel.submission.batch.events.push_back(stored.event);
    parcel.submission.te.push_back(std::max(Time{}, stored.te - earlier));
    parcel.ids.push_back(one.id);
    parcel.kept.push_back(std::move(one.batch));
  }
  return parcels;
}

Status release(Service& service, std::uint32_t environment, const std::vector<Replayed>& replayed) {
  return service.writer().change_and_wait([&](storage::Catalogue& catalogue) -> Status {
    for (const Replayed& one : replayed) {
      if (one.verdict.verdict == storage::EventVerdict::quarantined) continue;
      if (auto released = catalogue.release(environment, one.id); !released) return released;
    }
    return ok();
  });
}

}  // namespace

Result<std::vector<Replayed>> replay_quarantined(Service& service, std::uint32_t environment,
                                                 const std::vector<std::uint64_t>& ids, Micros earlier) {
  auto aside = find(service, environment, ids);
  if (!aside) return aside.error();
  std::vector<Replayed> replayed;
  for (auto& [key, parcel] : parcels_of(std::move(*aside), earlier)) {
    const auto verdicts = service.writer().submit_and_wait(std::move(parcel.submission));
    if (!verdicts) return verdicts.error();
    for (std::size_t i = 0; i < verdicts->size(); ++i) replayed.push_back({parcel.ids[i], (*verdicts)[i]});
  }
  std::ranges::sort(replayed, {}, &Replayed::id);
  if (auto released = release(service, environment, replayed); !released) return released.error();
  return replayed;
}

}  // namespace touchstone::app
