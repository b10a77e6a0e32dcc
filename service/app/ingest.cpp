#include "service/app/ingest.hpp"

#include <utility>

namespace touchstone::app {

Status ingest(Service& service, const fast::Caller& caller, codec::EventBody body, IngestAnswer answer) {
  const auto kept = std::make_shared<const codec::EventBody>(std::move(body));
  storage::EventSubmission submission;
  submission.environment = caller.environment;
  submission.key = static_cast<std::uint32_t>(caller.key);
  submission.sent_at = kept->sent_at;
  submission.refused = static_cast<std::uint32_t>(kept->refused.size());
  submission.batch.events = kept->batch.events;  // their text stays with the body, which the answer keeps alive
  return service.writer().submit(
      std::move(submission), [kept, answer = std::move(answer)](auto verdicts) { answer(*kept, std::move(verdicts)); });
}

}  // namespace touchstone::app
