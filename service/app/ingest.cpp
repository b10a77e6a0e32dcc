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
  const auto kept = std::make_shared<const codec::EventBody>(std::move(body));
  return service.writer().submit(
      std::move(submission), [kept, answer = std::move(answer)](auto verdicts) { answer(*kept, std::move(verdicts)); });
}

}  // namespace touchstone::app
