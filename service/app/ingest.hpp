#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "service/codec/event_json.hpp"

namespace touchstone::app {

/// Told once the batch is on disk, on the writer thread: the body (its events have left it) and their verdicts, in
/// order. After an Error nothing is promised and the client may send the same again.
using IngestAnswer = std::function<void(const codec::EventBody&, Result<std::vector<storage::ItemVerdict>>)>;

/// Hands a body to the writer. Error unavailable: the queue is full, or the service stops; `answer` is then not called.
[[nodiscard]] Status ingest(Service& service, const fast::Caller& caller, codec::EventBody body, IngestAnswer answer);

}  // namespace touchstone::app
