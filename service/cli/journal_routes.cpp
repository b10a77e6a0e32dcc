#include "service/cli/journal_routes.hpp"

#include <string>
#include <utility>

#include "service/api/errors.hpp"
#include "service/app/verification.hpp"
#include "service/codec/json.hpp"
#include "service/codec/json_writer.hpp"
#include "storage/backup.hpp"

namespace touchstone::cli {
namespace {

constexpr std::size_t kKiB = 1U << 10U;
constexpr std::size_t kMiB = 1U << 20U;
constexpr std::size_t kLargestReport = 16 * kMiB;

using Answer = Result<std::string> (*)(app::Service&, const http::Request&);

void write_differences(codec::JsonWriter& out, const std::vector<codec::JsonDifference>& differences,
                       std::string_view one, std::string_view other) {
  out.key("differences").begin_array();
  for (const auto& difference : differences) {
    out.begin_object().key("pointer").text(difference.pointer).key(one).text(difference.one);
    out.key(other).text(difference.other).end_object();
  }
  out.end_array();
}

Result<std::string> back_up(app::Service& service, const http::Request& request) {
  codec::JsonDocument document;
  if (auto read = document.read(request.body); !read) return read.error();
  const auto target = document.root().find("target");
  if (!target || !target->text())
    return Error{ErrorCode::invalid, "a backup needs a directory", "/target", "Name a new one."};
  const auto made = storage::back_up(service.writer(), service.directory(), *target->text(), service.now());
  if (!made) return made.error();
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("target").text(*target->text()).key("last_seq").natural(made->last_seq);
  out.key("files").natural(made->files).key("bytes").natural(made->bytes).end_object();
  return text;
}

Result<std::string> verify(app::Service& service, const http::Request& request) {
  const auto made = app::verify_report(service, service.default_environment(), request.body);
  if (!made) return made.error();
  const auto word = [](bool same) { return same ? "same" : "differs"; };
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("holds").boolean(made->holds()).key("experiment").text(made->experiment);
  out.key("signature").text(codec::word_of(made->signature)).key("configuration").text(word(made->configuration));
  out.key("events").text(word(made->events)).key("results").text(word(made->results));
  out.key("erased").natural(made->erased).key("changed_by_erasure").boolean(made->changed_by_erasure());
  out.key("program").text(made->program).key("program_here").text(made->program_here);
  write_differences(out, made->differences, "document", "journal");
  out.end_object();
  return text;
}

Result<std::string> rebuild(app::Service& service, const http::Request&) {
  const auto proofs = app::prove_live(service);
  if (!proofs) return proofs.error();
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  for (const auto& proof : *proofs) {
    out.begin_object().key("environment").text(service.tenant(proof.environment).key);
    out.key("experiment").text(proof.experiment).key("same").boolean(proof.differences.empty());
    out.key("last_seq").natural(proof.last_seq).key("results").text(proof.results);
    write_differences(out, proof.differences, "live", "recomputed");
    out.end_object();
  }
  out.end_array().end_object();
  return text;
}

http::Route route(app::Service& service, std::string pattern, std::size_t max_body, Answer answer) {
  return {http::Method::post, std::move(pattern), max_body,
          http::SlowHandler([&service, answer](const http::Request& request) {
            auto text = request.local ? answer(service, request)
                                      : Result<std::string>(Error{ErrorCode::not_found, "no such thing", "", ""});
            if (!text) return api::problem(text.error(), request.request_id);
            http::Response response;
            response.body = std::move(*text);
            return response;
          })};
}

}  // namespace

std::vector<http::Route> journal_routes(app::Service& service) {
  return {route(service, "/local/backups", 16 * kKiB, back_up), route(service, "/local/verify", kLargestReport, verify),
          route(service, "/local/rebuild", 0, rebuild)};
}

}  // namespace touchstone::cli
