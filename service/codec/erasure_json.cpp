#include "service/codec/erasure_json.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

void write_removed(JsonWriter& out, const ErasureCertificate& certificate) {
  out.key("removed").begin_array();
  for (const auto& file : certificate.removed)
    out.begin_object().key("place").text(file.file).key("rows").natural(file.events.count()).end_object();
  out.begin_object().key("place").text("quarantine").key("rows").natural(certificate.erasure.quarantined).end_object();
  out.end_array();
}

void write_events(JsonWriter& out, const std::vector<storage::ErasedEvents>& removed) {
  std::uint64_t count = 0;
  std::optional<std::uint64_t> first;
  std::uint64_t last = 0;
  for (const auto& file : removed) {
    count += file.events.count();
    first = std::min(first.value_or(file.first_seq), file.first_seq);
    last = std::max(last, file.last_seq);
  }
  out.key("events").begin_object().key("count").natural(count);
  if (first) out.key("first_seq").natural(*first).key("last_seq").natural(last);
  out.end_object();
}

void write_backups(JsonWriter& out, const std::vector<storage::BackupNote>& backups) {
  out.key("backups").begin_array();
  for (const auto& backup : backups) {
    out.begin_object().key("path").text(backup.path).key("at").text(time_text(backup.at));
    if (backup.last_seq > 0) out.key("last_seq").natural(backup.last_seq);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

std::string hash_text(const storage::Fingerprint& unit) { return fmt::format("{:016x}{:016x}", unit.high, unit.low); }

std::string write_certificate(const ErasureCertificate& certificate, const SigningSeed& seed) {
  const storage::Erasure& erasure = certificate.erasure;
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("format").natural(1).key("environment").text(certificate.environment);
  out.key("unit").begin_object().key("type").text(certificate.unit_type);
  out.key("hash").text(hash_text(erasure.unit)).end_object();
  out.key("ordered_at").text(time_text(erasure.ordered)).key("finished_at");
  erasure.finished ? out.text(time_text(*erasure.finished)) : out.null();
  out.key("linked").begin_object().key("units").natural(erasure.linked);
  out.key("erased_too").boolean(erasure.linked_too).end_object();
  write_removed(out, certificate);
  write_events(out, certificate.removed);
  out.key("lists").begin_array();
  for (const auto& list : certificate.lists) out.text(list);
  out.end_array();
  write_backups(out, certificate.backups);
  out.key("issued_at").text(time_text(certificate.issued)).end_object();
  return signed_report(std::move(text), seed);
}

std::string write_erasure_audit(const storage::Erasure& erasure) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("unit").text(hash_text(erasure.unit)).key("in_force").boolean(!erasure.lifted);
  out.key("linked_too").boolean(erasure.linked_too).end_object();
  return text;
}

}  // namespace touchstone::codec
