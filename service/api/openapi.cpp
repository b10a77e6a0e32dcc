#include "service/api/openapi.hpp"

#include <algorithm>
#include <vector>

#include "service/api/documented.hpp"
#include "service/api/drawings.hpp"
#include "service/api/handlers.hpp"
#include "service/codec/digest.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::api {

namespace {

using codec::JsonWriter;

constexpr std::string_view kAbout =
    "A/B tests and experiments: describe them, ask what a unit sees, tell what it did, read who won. "
    "Every error is application/problem+json with a stable type, the place of the fault and what to do. "
    "Bodies may be sent with Content-Encoding: gzip; limits hold for what is inflated. "
    "Requests that break HTTP itself are refused with 400, 408, 411, 413, 414, 417, 431, 501 or 505.";

void write_reference(JsonWriter& out, std::string_view kind, std::string_view name) {
  out.begin_object().key("$ref").text("#/components/" + std::string(kind) + "/" + std::string(name)).end_object();
}

void write_info(JsonWriter& out) {
  out.key("info").begin_object().key("title").text("Touchstone").key("version").text(TOUCHSTONE_VERSION);
  out.key("summary").text("A self-hosted service for experiments").key("description").text(kAbout);
  out.key("license").begin_object().key("name").text("Apache-2.0").key("identifier").text("Apache-2.0").end_object();
  out.end_object();
  out.key("servers").begin_array().begin_object().key("url").text("/").end_object().end_array();
}

void write_tags(JsonWriter& out) {
  out.key("tags").begin_array();
  for (const auto& [name, about] : groups())
    out.begin_object().key("name").text(name).key("description").text(about).end_object();
  out.end_array();
}

void write_query(JsonWriter& out, const Parameter& parameter) {
  out.begin_object().key("name").text(parameter.name).key("in").text("query");
  out.key("description").text(parameter.about).key("schema").raw(parameter.schema).end_object();
}

void write_parameters(JsonWriter& out, const Row& row) {
  const auto shared = parameters_of(row);
  if (shared.empty() && row.contract.query.empty()) return;
  out.key("parameters").begin_array();
  for (const auto name : shared) write_reference(out, "parameters", name);
  for (const auto& parameter : row.contract.query) write_query(out, parameter);
  out.end_array();
}

void write_media(JsonWriter& out, std::string_view media, std::string_view schema) {
  out.key(media).begin_object().key("schema");
  schema.empty() ? void(out.begin_object().key("type").text("string").end_object())
                 : write_reference(out, "schemas", schema);
  out.end_object();
}

void write_body(JsonWriter& out, const Row& row) {
  if (row.contract.reads.empty()) return;
  out.key("requestBody").begin_object().key("required").boolean(row.contract.reads != "Move");
  out.key("description").text("At most " + size_words(row.max_body) + ", inflated.").key("content").begin_object();
  write_media(out, "application/json", row.contract.reads);
  out.end_object().end_object();
}

void write_headers(JsonWriter& out, const Answer& answer) {
  if (answer.headers.empty()) return;
  out.key("headers").begin_object();
  for (const auto header : answer.headers) write_reference(out.key(header), "headers", header);
  out.end_object();
}

/// Answers of one status: the first says what it means.
void write_answer(JsonWriter& out, std::span<const Answer> forms) {
  out.begin_object().key("description").text(forms.front().about);
  write_headers(out, forms.front());
  if (!forms.front().media.empty()) {
    out.key("content").begin_object();
    for (const auto& form : forms) write_media(out, form.media, form.schema);
    out.end_object();
  }
  out.end_object();
}

void write_answers(JsonWriter& out, const Row& row) {
  const auto all = answers_of(row);
  out.key("responses").begin_object();
  for (auto first = all.begin(); first != all.end();) {
    const auto last = std::find_if(first, all.end(), [&](const Answer& one) { return one.status != first->status; });
    write_answer(out.key(std::to_string(first->status)), {first, last});
    first = last;
  }
  const auto otherwise = refuses(0, "Anything else that goes wrong.");
  write_answer(out.key("default"), {&otherwise, 1});
  out.end_object();
}

void write_security(JsonWriter& out, const Row& row) {
  out.key("security").begin_array();
  if (takes_key(row) && row.roles.takes_keys())
    for (const auto scheme : {"key", "apiKey"}) out.begin_object().key(scheme).begin_array().end_array().end_object();
  if (takes_session(row))
    out.begin_object().key("session").begin_array().end_array().key("apiKey").begin_array().end_array().end_object();
  if (is_live(row)) out.begin_object().key("session").begin_array().end_array().end_object();
  if (is_stream(row) && !is_live(row) && !has_key_in_path(row))
    out.begin_object().key("streamToken").begin_array().end_array().end_object();
  out.end_array();
}

void write_operation(JsonWriter& out, const Row& row) {
  const auto& contract = row.contract;
  out.begin_object().key("operationId").text(contract.name).key("summary").text(contract.summary);
  out.key("tags").begin_array().text(contract.group).end_array();
  if (!row.roles.open()) out.key("description").text(row.roles.words());
  write_security(out, row);
  write_parameters(out, row);
  write_body(out, row);
  write_answers(out, row);
  out.end_object();
}

/// Rows of one path share an entry, at the place of the first.
void write_paths(JsonWriter& out) {
  std::vector<std::string_view> written;
  out.key("paths").begin_object();
  for (const auto& first : table()) {
    if (std::ranges::find(written, first.pattern) != written.end()) continue;
    written.push_back(first.pattern);
    out.key(first.pattern).begin_object();
    for (const auto& row : table())
      if (row.pattern == first.pattern) write_operation(out.key(method_word(row.method)), row);
    out.end_object();
  }
  out.end_object();
}

std::string written_document() {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("openapi").text("3.1.0");
  write_info(out);
  write_tags(out);
  write_paths(out);
  out.key("components").raw(components()).end_object();
  return text;
}

/// The component with all that it names.
std::string written_report_schema() {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("$schema").text("https://json-schema.org/draft/2020-12/schema");
  out.key("$id").text("/schemas/report.json").key("title").text("The report of a Touchstone experiment");
  out.key("$ref").text("#/components/schemas/Report").key("components").raw(components()).end_object();
  return text;
}

}  // namespace

const std::string& openapi_document() {
  static const std::string document = written_document();
  return document;
}

Result<http::Response> show_openapi(Context&, const http::Request& request, const fast::Caller&) {
  static const std::string etag = '"' + codec::digest_of(openapi_document()) + '"';
  return tagged(openapi_document(), etag, request);
}

Result<http::Response> show_report_schema(Context&, const http::Request& request, const fast::Caller&) {
  static const std::string schema = written_report_schema();
  static const std::string etag = '"' + codec::digest_of(schema) + '"';
  return tagged(schema, etag, request);
}

}  // namespace touchstone::api
