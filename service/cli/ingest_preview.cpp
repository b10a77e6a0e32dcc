#include "service/cli/ingest_preview.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "service/codec/digest.hpp"
#include "service/codec/event_json.hpp"
#include "service/page/number_text.hpp"

namespace touchstone::cli {
namespace {

constexpr std::size_t kShown = 20;  // rows

/// What the service would say of the events that were appended since.
Status accepted(const storage::EventBatch& batch, std::size_t since) {
  for (std::size_t i = since; i < batch.events.size(); ++i) {
    const auto body = codec::read_events(codec::write_event(batch.events[i]));
    if (!body) return body.error();
    if (!body->refused.empty()) return body->refused.front().error;
  }
  return ok();
}

std::string events_text(const storage::EventBatch& batch, std::size_t since) {
  std::string text;
  for (std::size_t i = since; i < batch.events.size(); ++i)
    text.append("  ").append(codec::write_event(batch.events[i])).append("\n");
  return text.empty() ? "  (nothing happened)\n" : text;
}

}  // namespace

IngestPreview ingest_preview(const IngestPlan& plan, const RecordFile& file) {
  IngestPreview preview;
  PlannedRows rows(plan);
  codec::DigestChain chain;
  if (file.form() == RecordForm::table) chain.add(file.header());
  const auto shown = std::min(file.ahead(), kShown);
  preview.text = fmt::format("The first {} rows become\n", shown);
  std::size_t rejected = 0;
  std::string first;
  for (std::size_t i = 0; i < file.ahead(); ++i) {
    chain.add(file.ahead(i));
    storage::EventBatch further;
    auto& into = i < shown ? preview.events : further;
    const auto before = into.events.size();
    auto read = rows.read(file.ahead(i), chain.text(), into);
    if (read) read = accepted(into, before);
    if (!read && rejected++ == 0) first = fmt::format("row {}: {}", i + 1, read.error().message);
    if (i < shown)
      preview.text.append(read ? events_text(into, before) : "  (rejected: " + read.error().message + ")\n");
  }
  if (rejected > 0)
    preview.text.append(fmt::format("Of the first {} rows {} would be rejected, first {}\n",
                                    page::grouped(file.ahead()), page::grouped(rejected), first));
  return preview;
}

}  // namespace touchstone::cli
