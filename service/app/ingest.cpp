#include "service/app/ingest.hpp"

#include <utility>

namespace touchstone::app {

Status ingest(Service& service, const fast::Caller& caller, codec::EventBody body, IngestAnswer answer) {
  storage::EventSubmission submission;
  submission.environment = caller.environment;
  submission.key = static_cast<std::uint32_t>(caller.key);
  submission.sent_at = body.sent_at;
  submission.refused = static_cast<std::uint32_t>(body.refused.size());
  submission.batch = std::move(body.batch);
  auto& events = submission.batch.events;
  const auto items = events.size();
  events.insert(events.end(), body.exposures.begin(), body.exposures.end());
  const auto kept = std::make_shared<const codec::EventBody>(std::move(body));
  return service.writer().submit(std::move(submission), [kept, items, answer = std::move(answer)](auto verdicts) {
    if (verdicts) verdicts->resize(items);
    answer(*kept, std::move(verdicts));
  });
}

}  // namespace touchstone::app
