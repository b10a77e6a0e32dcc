#include "service/cli/ingest.hpp"

#include <cstdio>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/ingest_plan.hpp"
#include "service/cli/ingest_preview.hpp"
#include "service/cli/ingest_run.hpp"
#include "service/cli/known_experiments.hpp"
#include "service/cli/record_file.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"
#include "service/page/number_text.hpp"

namespace touchstone::cli {
namespace {

using page::grouped;

Status check(const IngestOptions& options) {
  if (!options.rejects.empty() && options.files.size() > 1)
    return Error{ErrorCode::invalid, "--rejects is for one file", "", "leave it away: each file has its own"};
  const auto patience = codec::parse_duration(options.patience);
  return patience ? ok() : Status(patience.error());
}

/// A file whose first rows name what the service does not know is not begun.
Status check_first(const storage::EventBatch& events, OperatorClient& client) {
  KnownExperiments known(client);
  for (const auto& event : events.events)
    if (auto found = known.check(event); !found) return found;
  return ok();
}

bool yes(const std::string& question) {
  fmt::print(stderr, "{} [y/N] ", question);
  const int answer = std::getchar();
  return answer == 'y' || answer == 'Y';
}

/// Whether the file may be read as planned. Who cannot be asked has to say so beforehand.
Status agreed(const IngestOptions& options, const IngestPlan& plan, const std::string& path) {
  if (options.yes || !plan.guessed()) return ok();
  const bool can_ask = path != "-" && isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
  if (can_ask && yes("Store the file like this?")) return ok();
  return Error{ErrorCode::invalid, can_ask ? "nothing was stored" : "what the columns mean was guessed", "",
               "say --yes to go by it, or give the options that are right"};
}

std::string summary(const std::string& path, const IngestTotals& totals) {
  std::string text =
      fmt::format("{}: {} rows, {} events sent = {} stored + {} there already + {} quarantined + {} refused", path,
                  grouped(totals.rows), grouped(totals.sent), grouped(totals.stored), grouped(totals.duplicate),
                  grouped(totals.quarantined), grouped(totals.refused));
  if (totals.before > 0) text.append(fmt::format("; {} rows were brought before", grouped(totals.before)));
  if (totals.silent > 0) text.append(fmt::format("; {} rows say that nothing happened", grouped(totals.silent)));
  if (totals.conflict > 0)
    text.append(
        fmt::format("; {} of those there already say something else, and the first stays", grouped(totals.conflict)));
  if (totals.rejected > 0)
    text.append(fmt::format("; {} rows rejected, see {}", grouped(totals.rejected), totals.rejects));
  if (totals.cut_short) text.append("; the last row is not finished and was left for later");
  return text.append("\n");
}

std::string document(const std::string& path, const IngestTotals& totals) {
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("file").text(path);
  out.key("rows").natural(totals.rows).key("before").natural(totals.before).key("silent").natural(totals.silent);
  out.key("rejected").natural(totals.rejected).key("cut_short").boolean(totals.cut_short);
  out.key("sent").natural(totals.sent).key("stored").natural(totals.stored).key("duplicate").natural(totals.duplicate);
  out.key("conflict").natural(totals.conflict).key("quarantined").natural(totals.quarantined);
  out.key("refused").natural(totals.refused);
  if (totals.rejected > 0) out.key("rejects").text(totals.rejects);
  out.end_object();
  return text.append("\n");
}

int bring(const std::string& path, const IngestOptions& options, const IngestPlan& plan, RecordFile file,
          OperatorClient& client) {
  const auto totals = ingest_file(path, options, plan, std::move(file), client);
  if (!totals) return complain(totals.error());
  fmt::print("{}", options.json ? document(path, *totals) : summary(path, *totals));
  std::fflush(stdout);
  return totals->rejected > 0 || totals->cut_short ? exit_failed : exit_ok;
}

int ingest(const std::string& path, const IngestOptions& options, std::optional<OperatorClient>& client) {
  auto file = RecordFile::open(path);
  if (!file) return complain(file.error());
  const auto plan = ingest_plan(options, path, *file);
  if (!plan) return complain_of_usage(plan.error());
  const auto preview = ingest_preview(*plan, *file);
  const bool shown = options.dry_run || (plan->guessed() && !options.yes) || isatty(STDERR_FILENO) == 1;
  if (shown) fmt::print(options.dry_run ? stdout : stderr, "{}{}", plan_text(*plan, path), preview.text);
  if (options.dry_run) return exit_ok;
  if (!client) {
    auto opened = OperatorClient::reach(options.data, options.to, options.key);
    if (!opened) return complain(opened.error());
    client.emplace(*std::move(opened));
  }
  if (!options.ahead)
    if (const auto known = check_first(preview.events, *client); !known) return complain(known.error());
  if (const auto agreement = agreed(options, *plan, path); !agreement) return complain_of_usage(agreement.error());
  return bring(path, options, *plan, *std::move(file), *client);
}

}  // namespace

int run_ingest(const IngestOptions& options) {
  if (const auto fine = check(options); !fine) return complain_of_usage(fine.error());
  std::optional<OperatorClient> client;
  int worst = exit_ok;
  for (const auto& path : options.files)
    if (const int code = ingest(path, options, client); code != exit_ok) worst = code;
  return worst;
}

}  // namespace touchstone::cli
